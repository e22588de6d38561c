"""The site's side: the texts that people write while everything is killed, and whether what they were told is true."""

import json
import re
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow

from approval import roles, verification
from approval.models import Act, LedgerEntry
from news.models import NewsPage
from notifications import letters
from notifications.models import OutgoingMail
from operations.models import Heartbeat
from tests.workflow import PASSWORD, draft_of, edit_url, form_of, log_in, person, publish_properly

MARK = re.compile(r"zn-(\d+)-(\d+)")
"""In the lead of each version: the number of the page, and which save it was."""
OUT = (Act.PUBLISHED, Act.CORRECTED)


def make(desks: int, texts: int) -> None:
    """A draft for each text of each desk, and who writes, reviews and approves there; prints what they need."""
    workflow = None
    told: dict[str, Any] = {"desks": [], "decide": reverse("newsroom:decide", args=[0])}
    for number in range(desks):
        people = {
            "author": person(f"author{number}", roles.AUTHORS),
            "reviewer": person(f"reviewer{number % 2}", roles.LANGUAGE_EDITORS),
            "coordinator": person(f"coordinator{number % 2}", roles.COORDINATORS),
        }
        written = []
        for text in range(texts):
            page = draft_of(people["author"], f"Tekst {number} {text}")
            form = form_of(page, **{"action-submit": "1"})  # with a quote, as what is sent has to say something
            del form["action-submit"]
            form["body-0-id"] = f"00000000-0000-4000-8000-{page.pk:012}"  # the same block each time
            written.append({"page": page.pk, "edit": edit_url(page), "path": page.get_url(), "form": form})
            workflow = page.get_workflow()
        cookies = {part: log_in(user).cookies["sessionid"].value for part, user in people.items()}
        told["desks"].append({"texts": written, "cookies": cookies})
    assert isinstance(workflow, Workflow)  # noqa: S101 - setup_site has made one
    told["steps"] = list(workflow.workflow_tasks.order_by("sort_order").values_list("task_id", flat=True))
    print(json.dumps(told))


def bring_forward() -> None:
    """The ten minutes are over for which a process that was killed holds its mail, and the pause after a failed try."""
    print(json.dumps(OutgoingMail.objects.waiting().update(send_after=timezone.now())))


def tell(place: str) -> None:
    """Compares what people were told (`acknowledged`, and the letters that a mail server took, in the file `place`)
    with what there is; prints what is lost."""
    known = json.loads(Path(place).read_text())
    pages = {page.pk: page for page in NewsPage.objects.filter(pk__in=known["pages"])}
    lost = {
        "saves": _lost_saves(known["saves"]),
        "submissions": _lost_submissions(known["submissions"]),
        "decisions": _lost_decisions(known["decisions"]),
        "publications": _lost_publications(known["publications"], pages),
        "mails that were never written": _unwritten(list(pages)),
    }
    rows = list(OutgoingMail.objects.order_by("pk"))
    received = Counter(known["letters"])
    groups: dict[tuple[Any, ...], list[OutgoingMail]] = defaultdict(list)
    for row in rows:
        if row.state == OutgoingMail.State.SENT:
            groups[row.user_id, row.sent_at].append(row)
    expected = {letters.message_id(group) for group in groups.values()}
    lost["letters"] = [number for number in expected if not received[number]]
    told = {
        "lost": lost,
        "mails": dict(Counter(row.state for row in rows)),
        "letters": len(expected),
        "letters received twice": sum(received.values()) - len(expected),
        "doubts": [str(doubt) for doubt in verification.doubts(Page.objects.filter(depth__gt=1).specific())],
        "late texts": Revision.objects.filter(approved_go_live_at__lt=timezone.now()).count(),
        "published": dict(Counter(LedgerEntry.objects.values_list("act", flat=True))),
        "by the scheduler": LedgerEntry.objects.filter(act__in=OUT, answered__act=Act.SCHEDULED).count(),
        "seen": {beat.process: beat.at.timestamp() for beat in Heartbeat.objects.all()},
    }
    print(json.dumps(told, default=str))


def _marks(texts: Any) -> set[tuple[int, int]]:
    return {(int(page), int(number)) for text in texts for page, number in MARK.findall(json.dumps(text))}


def _lost_saves(saves: list[list[int]]) -> list[Any]:
    stored = _marks(Revision.objects.values_list("content", flat=True).iterator())
    return [save for save in saves if tuple(save) not in stored]


def _lost_submissions(submissions: list[list[int]]) -> list[Any]:
    """Each was sent as a version that a step of the workflow began with, or a newer one."""
    begun = TaskState.objects.values_list("revision__content", flat=True)
    newest: dict[int, int] = defaultdict(int)
    for page, number in _marks(begun.iterator()):
        newest[page] = max(newest[page], number)
    return [one for one in submissions if newest[one[0]] < one[1]]


def _lost_decisions(decisions: list[dict[str, Any]]) -> list[Any]:
    status = {"approve": TaskState.STATUS_APPROVED, "reject": TaskState.STATUS_REJECTED}
    states = TaskState.objects.in_bulk([one["state"] for one in decisions])
    return [
        one
        for one in decisions
        if one["state"] not in states
        or states[one["state"]].status != status[one["action"]]
        or getattr(states[one["state"]].finished_by, "username", "").rstrip("0123456789") != one["who"]
    ]


def _lost_publications(publications: list[dict[str, int]], pages: dict[int, Any]) -> list[Any]:
    """The last approval of each is in the record, and what it approved, or a later version, is public or waits."""
    lost = []
    for one in publications:
        page = pages[one["page"]]
        entries = LedgerEntry.objects.for_instance(page).filter(act__in=(*OUT, Act.SCHEDULED))
        waiting = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False)
        there = _marks([page.lead] if page.live else []) | _marks(waiting.values_list("content", flat=True))
        is_there = any(number >= one["number"] for _page, number in there)
        if not entries.filter(revision_number=one["revision"]).exists() or not is_there:
            lost.append(one)
    return lost


def _unwritten(pages: list[int]) -> list[str]:
    """Events that somebody had to hear of, by what there is: each is written in the transaction that it tells of."""
    states = TaskState.objects.filter(workflow_state__object_id__in=[str(page) for page in pages])
    entries = LedgerEntry.objects.filter(object_id__in=[str(page) for page in pages], act__in=OUT)
    told = set(OutgoingMail.objects.values_list("event", flat=True))
    begun = [f"{{}}:{pk}" for pk in states.values_list("pk", flat=True)]
    returned = states.filter(status=TaskState.STATUS_REJECTED).values_list("pk", flat=True)
    missing = [one for one in begun if not {one.format("submitted"), one.format("passed-on")} & told]
    events = [*(f"rejected:{pk}" for pk in returned), *(f"ledger:{entry.pk}" for entry in entries)]
    return [*missing, *(event for event in events if event not in told)]


def step_of(page: int) -> None:
    """The number of the step at which a text waits."""
    print(NewsPage.objects.get(pk=page).current_workflow_task_state.pk)


def waiting() -> None:
    print(OutgoingMail.objects.waiting().count())


def approve_for_later(count: int, seconds: int) -> None:
    """Texts that are approved for a moment which is so many seconds away."""
    author, reviewer = person("author0", roles.AUTHORS), person("reviewer0", roles.LANGUAGE_EDITORS)
    due = timezone.now().replace(microsecond=0) + timedelta(seconds=seconds)
    for number in range(count):
        page = draft_of(author, f"O czasie {number} {due:%H%M%S}", go_live_at=due)
        publish_properly(page, author, reviewer, person("coordinator0", roles.COORDINATORS))


def with_second_factor() -> None:
    """An account with one; prints its name, password and secret."""
    user = person("z-telefonem", roles.AUTHORS)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    print(json.dumps({"login": user.username, "password": PASSWORD, "secret": secret}))
