"""The lines of the report on translations: one for each text in each other language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision

from approval import ledger_words
from approval.models import LedgerEntry
from approval.type_names import type_name_about
from translation import changes, freshness
from translation.freshness import Pair, State
from translation.progress import Progress, counted

URGENCY = (State.OUTDATED, State.NONE, State.DRAFT, State.REVIEW, State.APPROVED, State.CURRENT)

AT_ONCE = 500
"""Lines that are read together for a spreadsheet: SQLite takes no list of any length."""


@dataclass
class ReportLine:
    """One page in one language. What needs further queries is added to those that are shown."""

    pair: Pair
    changed: int | None = None
    people: list[str] = field(default_factory=list)
    progress: Progress | None = None

    @property
    def title(self) -> str:
        return self.pair.original.title if self.is_page else str(self.pair.original)

    @property
    def is_page(self) -> bool:
        return isinstance(self.pair.original, Page)

    @property
    def type(self) -> str:
        return type_name_about(self.pair.original)

    @property
    def language(self) -> str:
        return str(self.pair.locale.get_display_name())

    @property
    def state(self) -> str:
        begun = self.pair.state == State.DRAFT and self.progress and not self.progress.is_complete
        return capfirst(str(self.progress if begun else self.pair.state.label))

    @property
    def since(self) -> datetime | None:
        """When it came to this state: for current ones, when it was published."""
        pair = self.pair
        if pair.state == State.CURRENT:
            return pair.translation.last_published_at if pair.translation else None
        if pair.state in (State.DRAFT, State.REVIEW, State.APPROVED):
            return pair.translation.latest_revision_created_at if pair.translation else None
        return pair.since

    @property
    def by(self) -> str:
        return ", ".join(self.people)

    @property
    def ahead(self) -> str:
        """What is being done about it."""
        if self.pair.state not in (State.CURRENT, State.OUTDATED):
            return ""
        if self.pair.under_way:
            return str(_("New version in review"))
        if self.pair.waits:
            return capfirst(str(_("new version approved, waits to go live")))
        if not self.pair.draft:
            return ""
        return capfirst(str(self.progress)) if self.progress and not self.progress.is_complete else str(_("New draft"))


class ReportLines(Sequence[ReportLine]):
    """All lines, the most urgent first: known by their state, and read only where they are shown."""

    def __init__(self, pages: Any, locales: list[Locale], states: list[str] | None, first: Sequence[Pair] = ()) -> None:
        """`first`: what is no page, and stands before all pages."""
        self.first = [ReportLine(pair) for pair in first]
        self.locales = {locale.pk: locale for locale in locales}
        found = [
            (URGENCY.index(State(state)), locale.pk, number)
            for locale in locales
            for number, state in freshness.annotated(pages, locale).values_list("pk", "state")
            if not states or state in states
        ]
        self.keys = [(locale, number) for _rank, locale, number in sorted(found, key=itemgetter(0))]

    def __len__(self) -> int:
        return len(self.first) + len(self.keys)

    def __getitem__(self, part: Any) -> Any:
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        start, stop, _step = part.indices(len(self))
        pages_from = len(self.first)
        keys = self.keys[max(0, start - pages_from) : max(0, stop - pages_from)]
        pairs: dict[tuple[int, int], Pair] = {}
        for number, locale in self.locales.items():
            wanted = Page.objects.filter(pk__in=[page for one, page in keys if one == number])
            pairs |= {(number, pair.original.pk): pair for pair in freshness.pairs(wanted, locale)}
        return [*self.first[start:stop], *(ReportLine(pairs[key]) for key in keys if key in pairs)]

    def __iter__(self) -> Iterator[ReportLine]:
        for start in range(0, len(self), AT_ONCE):
            yield from self[start : start + AT_ONCE]


def completed(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """With what changed, how far it is, and the people: the same number of queries for one line and for all."""
    shown = list(lines)
    lines = [line for line in shown if line.is_page]
    people = _people(lines)
    counts = {
        locale: changes.counted(line.pair for line in lines if line.pair.locale == locale)
        for locale in {line.pair.locale for line in lines}
    }
    done = {
        locale: counted(line.pair for line in lines if line.pair.locale == locale)
        for locale in {line.pair.locale for line in lines}
    }
    for line in lines:
        line.progress = done[line.pair.locale].get(line.pair.original.pk)
        line.changed = counts[line.pair.locale].get(line.pair.original.pk)
        line.people = people.get(line.pair.translation.pk, []) if line.pair.translation else []
    return shown


def _people(lines: list[ReportLine]) -> dict[int, list[str]]:
    """Who wrote and who approved what is live; who saved a draft last."""
    live = [line.pair.translation for line in lines if line.pair.translation and line.pair.translation.live]
    drafts = [line.pair.translation for line in lines if line.pair.translation and not line.pair.translation.live]
    entries = LedgerEntry.objects.publications().filter(
        content_type=ContentType.objects.get_for_model(Page), object_id__in=[str(page.pk) for page in live]
    )
    found = {int(entry.object_id): _names(entry) for entry in entries.prefetch_related("people").order_by("pk")}
    revisions = Revision.objects.filter(pk__in=[page.latest_revision_id for page in drafts]).select_related("user")
    for revision in revisions.defer("content"):
        found[int(revision.object_id)] = [revision.user.name] if revision.user else []
    return found


def _names(entry: LedgerEntry) -> list[str]:
    names = [ledger_words.names(entry.contributors), *(person.name for person in entry.approvals)]
    return list(dict.fromkeys(name for name in names if name)) or ([entry.user_name] if entry.user_name else [])
