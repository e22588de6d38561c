"""When a chapter goes live, its sentence for the readers becomes part of the history; when an older text comes back,
what was said of the newer one is taken out again.

All of it happens in the transaction that publishes, and nothing else writes there.
"""

from typing import Any

from approval.digest import digest_of
from approval.models import LedgerEntry
from catalog.models import ChangeKind, ChapterChange, ChapterPage


def write_down(instance: ChapterPage, revision: Any, **_signal: Any) -> None:
    """`page_published` of a chapter."""
    changes = ChapterChange.objects.filter(page=instance.pk)
    earlier = _published_before(instance)
    if earlier is not None:
        changes.filter(at__gt=earlier.at).delete()
        return
    newest = changes.newest_first().first()
    sentence = instance.change_summary
    if newest is not None and (not sentence or sentence == newest.sentence):
        return
    ChapterChange.objects.create(
        page=instance,
        at=instance.last_published_at,
        kind=_kind(instance, is_first=newest is None),
        sentence=sentence,
        revision_number=revision.pk,
    )


def _published_before(instance: ChapterPage) -> LedgerEntry | None:
    """The publication of these very words, where they come back (undo, archive, an emergency that was put back)."""
    same = LedgerEntry.objects.for_instance(instance).publications().filter(digest=digest_of(instance))
    return same.order_by("-pk").first()


def _kind(instance: ChapterPage, *, is_first: bool) -> ChangeKind:
    if is_first:
        return ChangeKind.NEW
    return ChangeKind.CORRECTION if instance.change_corrects else ChangeKind.CHANGE
