"""The texts of a release, and its last approval, with failures on purpose."""

import json
import os
import signal
import time
from typing import Any

from wagtail.models import Locale
from wagtail.signals import page_published

from approval import releases, roles
from home.models import User
from news.models import NewsPage
from tests.workflow import draft_of, fresh, person, publish_properly, submit, take_step

LAST = "Last"
"""Title of the text whose approval publishes all."""


def make(pairs: int, before: str, after: str) -> None:
    """Texts that are public with `before`, and approved with `after` but for the last; prints their addresses."""
    author, reviewer = person("author", roles.AUTHORS), person("reviewer", roles.LANGUAGE_EDITORS)
    coordinator = person("coordinator", roles.COORDINATORS)
    originals, pages = [], []
    for number in range(1, pairs + 1):
        original = draft_of(author, f"Text {number}", lead=before)
        title = LAST if number == pairs else f"English {number}"
        key = original.translation_key
        originals.append(original)
        pages += [original, draft_of(author, title, language="en", lead=before, translation_key=key)]
    for page in pages:
        text = publish_properly(page, author, reviewer, coordinator)
        text.lead = after
        text.save_revision(user=author)
    releases.create([fresh(page) for page in originals], [Locale.objects.get(language_code="en")], coordinator)
    for page in pages:
        submit(fresh(page), author)
        take_step(fresh(page), reviewer)
        if page != pages[-1]:
            take_step(fresh(page), coordinator)
    print(json.dumps([page.get_url() for page in pages]))


def publish(how: str = "", step: int = 0) -> None:
    """Approves the last text; `how` it fails at publication number `step`: raise or kill. Prints when it was done."""
    done = 0

    def fail(**_signal: Any) -> None:
        nonlocal done
        done += 1
        if done == step:
            if how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise RuntimeError("on purpose")

    page_published.connect(fail)
    begun = time.monotonic()
    take_step(NewsPage.objects.get(title=LAST), User.objects.get(username="coordinator"))
    print(json.dumps([begun, time.monotonic()]))
