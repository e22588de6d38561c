"""Publishes a news item as another process would: python bench/_publisher.py PAGE TITLE ENDING

ENDING: commit, rollback, or where the process is killed: before (the commit) or after. It says each title that is done.
"""

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "site_config.settings"

import django

django.setup()

from django.db import transaction  # noqa: E402

from approval import publish_guard  # noqa: E402
from approval.digest import digest_of  # noqa: E402
from news.models import NewsPage  # noqa: E402


def end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def publish(page: int, title: str, ending: str) -> None:
    with transaction.atomic():
        if ending == "after":
            transaction.on_commit(end)  # before the number rises
        before = NewsPage.objects.get(pk=page)
        before.title = title
        revision = before.save_revision()
        text = revision.as_object()
        with publish_guard.allow(NewsPage.objects.get(pk=page), digest_of(text)):
            revision.publish()
        if ending == "before":
            end()
        transaction.set_rollback(ending == "rollback")


if __name__ == "__main__":
    for title in sys.argv[2].split("|"):
        publish(int(sys.argv[1]), title, sys.argv[3])
        print(title, flush=True)
