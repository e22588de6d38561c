"""A small correction of a public text: a few words and nothing but words, so that one other person is enough.

Its author says that it is one, when sending it. Whether it is, is asked of the text itself: when it is sent, and again
when somebody approves it.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import TaskState

from approval.context_variables import holding
from approval.diff.word_changes import words_changed
from approval.models.acts import Act
from approval.models.ledger import LedgerEntry
from approval.models.release import open_release_number

MOST_WORDS = 5
"""Words that may differ; a word for another one counts once."""


_is_meant: ContextVar[bool] = ContextVar("is_small_correction", default=False)


def meant(is_meant: bool) -> AbstractContextManager[None]:
    """What is saved and sent inside is a small correction, says its author."""
    return holding(_is_meant, is_meant)


def is_said(data: Mapping[str, str]) -> bool:
    """Whether the form of the editor says so: alone, or as the answer to what changes (`action_menu/send.html`)."""
    return "small_correction" in data or data.get("keeps_source_version") == "small"


def is_meant() -> bool:
    return _is_meant.get()


def came_back_as_one(text: Any) -> bool:
    """Whether the newest version was sent as a small correction, and was returned or taken back since."""
    if text.workflow_in_progress or not text.has_unpublished_changes:
        return False
    its_step = {"task__foureyestask__step": "correction"}
    return TaskState.objects.filter(revision=text.latest_revision_id, **its_step).exists()


def objection(public: Any, text: Any) -> str:
    """Why `text` is no small correction of `public`, what visitors read; "" if it is one."""
    if not public.live:
        return _("Only a text that is public can have a small correction.")
    if LedgerEntry.objects.for_instance(public).unconfirmed().exists():
        return _("What visitors see was published in an emergency: somebody has to answer that first.")
    if open_release_number(public):
        return _("This text goes live together with its other language, so it goes the usual way.")
    changed = [words_changed(before, text) for before in (public, *_fully_approved(public))]
    if None in changed:
        return _("More than words changed (a number, date, link, picture or the layout), so it goes the usual way.")
    if max(count or 0 for count in changed) > MOST_WORDS:
        return ngettext(
            "More than %(count)d word changed, so it goes the usual way.",
            "More than %(count)d words changed, so it goes the usual way.",
            MOST_WORDS,
        ) % {"count": MOST_WORDS}
    return "" if changed[0] else _("No word changed.")


def _fully_approved(public: Any) -> Iterator[Any]:
    """What `public` was before its small corrections: many of them in a row are no small one."""
    newest = LedgerEntry.objects.for_instance(public).publications().order_by("-pk").first()
    before = newest and baseline(newest)
    revision = before and before != newest and before.get_revision()
    if revision:
        yield revision.as_object()


def baseline(entry: LedgerEntry) -> LedgerEntry | None:
    """The publication in full that `entry` goes back to, past small corrections and texts that were put back."""
    same = LedgerEntry.objects.publications().filter(content_type=entry.content_type_id, object_id=entry.object_id)
    found: LedgerEntry | None = entry
    while found is not None and found.act in (Act.CORRECTED, Act.RESTORED):
        earlier = same.filter(pk__lt=found.pk).order_by("-pk")
        if found.act == Act.RESTORED:
            # The same words may have stood there in an emergency too, for which nobody stands.
            earlier = earlier.independent().filter(digest=found.digest)
        found = earlier.first()
    return found
