"""The texts that go live while machines are killed, the scheduler's loop, and what must be true in the end."""

import json
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page, PageLogEntry, Revision

from approval import releases, roles, verification
from approval.models import Act, LedgerEntry
from home.changes import CommittedChange
from news.models import NewsPage
from notifications.models import OutgoingMail
from tests import factories
from tests.workflow import draft_of, fresh, log_in, person, publish_properly, submit, take_step

Text = dict[str, Any]


def make(texts: int, before: str, after: str) -> None:
    """`texts` that are public with `before` and wait for the last approval with `after`, and a pair that does so."""
    author, reviewer = person("author", roles.AUTHORS), person("reviewer", roles.LANGUAGE_EDITORS)
    coordinator = person("coordinator", roles.COORDINATORS)
    picture = factories.image()
    made = []
    for number in range(1, texts + 1):
        fields = {"lead_image": picture, "lead_image_alt": "Mural"} if number == 1 else {}
        page = publish_properly(
            draft_of(author, f"Tekst {number}", lead=f"{before} {number}!", **fields), author, reviewer, coordinator
        )
        page.lead = f"{after} {number}!"
        page.save_revision(user=author)
        made.append({"number": number, **_in_approval(page, author, reviewer)})
    polish = draft_of(author, "Para", lead=f"{before} 0!")
    english = draft_of(author, "Pair", language="en", lead=f"{before} 0!", translation_key=polish.translation_key)
    pair = [publish_properly(page, author, reviewer, coordinator) for page in (polish, english)]
    for page in pair:
        page.lead = f"{after} 0!"
        page.save_revision(user=author)
    releases.create([fresh(polish)], [Locale.objects.get(language_code="en")], coordinator)
    pair = [{"number": 0, **_in_approval(page, author, reviewer)} for page in pair]
    take_step(NewsPage.objects.get(pk=pair[0]["page"]), coordinator)
    document = factories.document()
    told = {
        "texts": made,
        "pair": pair,
        "cookie": f"sessionid={log_in(coordinator).cookies['sessionid'].value}; csrftoken={'a' * 32}",
        "pictures": [picture.file.url, *(copy.file.url for copy in picture.renditions.all())],
        "document": document.url,
    }
    print(json.dumps(told))


def _in_approval(page: Any, author: Any, reviewer: Any) -> Text:
    submit(fresh(page), author)
    take_step(fresh(page), reviewer)
    page = fresh(page)
    decide = reverse("newsroom:decide", args=[page.current_workflow_task_state.pk])
    return {"page": page.pk, "path": page.get_url(), "decide": decide, "shown": page.latest_revision_id}


def schedule(count: int, seconds: int, after: str) -> None:
    """`count` texts that are approved for a moment which is so many seconds away."""
    author, reviewer = person("author", roles.AUTHORS), person("reviewer", roles.LANGUAGE_EDITORS)
    coordinator = person("coordinator", roles.COORDINATORS)
    due = timezone.now().replace(microsecond=0) + timedelta(seconds=seconds)
    pages = [
        publish_properly(
            draft_of(author, f"O czasie {number} {due:%H%M%S}", lead=after, go_live_at=due),
            author,
            reviewer,
            coordinator,
        )
        for number in range(count)
    ]
    print(json.dumps({"pages": [page.pk for page in pages], "due": due.timestamp()}))


def keep_time() -> None:
    """What cron does every five minutes, every second."""
    while True:
        close_old_connections()
        try:
            call_command("publish_scheduled", verbosity=0)
            call_command("send_mail_queue", verbosity=0)
        except Exception as error:  # cron starts it again, too
            print(error, flush=True)
        time.sleep(1)


def bring_forward() -> None:
    """The ten minutes are over for which a worker that was killed holds its mail."""
    print(json.dumps(OutgoingMail.objects.waiting().update(send_after=timezone.now())))


def tell(scheduled: list[int], besides: int) -> None:
    """Prints how often each of the texts was published by the scheduler, and what became of the mails.

    `besides`: the page that a machine has published without asking anybody.
    """
    by_itself = PageLogEntry.objects.filter(page__in=scheduled, action="wagtail.publish.scheduled")
    publications = Counter(by_itself.values_list("page", flat=True))
    entries = Counter(LedgerEntry.objects.filter(act=Act.PUBLISHED).values_list("object_id", flat=True))
    last = by_itself.order_by("-timestamp")
    written = list(OutgoingMail.objects.values_list("event", "user"))
    told = {
        "times published": sorted(publications[page] for page in scheduled),
        "last": last[0].timestamp.timestamp() if last else 0,
        "entries": max((entries[str(page)] for page in scheduled), default=0),
        "waiting": Revision.objects.filter(approved_go_live_at__isnull=False).count(),
        "mails": dict(Counter(OutgoingMail.objects.values_list("state", flat=True))),
        "written twice": len(written) - len(set(written)),
        "doubts": [str(doubt) for doubt in verification.doubts(Page.objects.filter(depth__gt=1).exclude(pk=besides))],
        "unsettled changes": CommittedChange.objects.count(),
    }
    print(json.dumps(told))
