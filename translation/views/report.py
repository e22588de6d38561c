"""Every page in every other language: where it stands, since when, by whom, and how much changed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports.base import ReportView
from wagtail.models import Locale, Page, Revision

from approval import exports, ledger_words
from approval.models import LedgerEntry
from approval.type_names import type_name_about
from approval.views.subjects import edit_address
from translation import changes, freshness
from translation.drafts import PERMISSION
from translation.filters import TranslationsFilterSet
from translation.freshness import Pair, State
from translation.progress import Progress, counted
from translation.views.begin import begin_address

URGENCY = (State.OUTDATED, State.NONE, State.DRAFT, State.REVIEW, State.CURRENT)

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
        return self.pair.original.title

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
        if pair.state in (State.DRAFT, State.REVIEW):
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
        if not self.pair.draft:
            return ""
        return capfirst(str(self.progress)) if self.progress and not self.progress.is_complete else str(_("New draft"))


class ReportLines(Sequence[ReportLine]):
    """All lines, the most urgent first: known by their state, and read only where they are shown."""

    def __init__(self, pages: Any, locales: list[Locale], states: list[str] | None) -> None:
        self.locales = {locale.pk: locale for locale in locales}
        found = [
            (URGENCY.index(State(state)), locale.pk, number)
            for locale in locales
            for number, state in freshness.annotated(pages, locale).values_list("pk", "state")
            if not states or state in states
        ]
        self.keys = [(locale, number) for _rank, locale, number in sorted(found, key=itemgetter(0))]

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: Any) -> Any:
        if not isinstance(part, slice):
            return self[part : part + 1][0]
        keys = self.keys[part]
        pairs: dict[tuple[int, int], Pair] = {}
        for number, locale in self.locales.items():
            wanted = Page.objects.filter(pk__in=[page for one, page in keys if one == number])
            pairs |= {(number, pair.original.pk): pair for pair in freshness.pairs(wanted, locale)}
        return [ReportLine(pairs[key]) for key in keys if key in pairs]

    def __iter__(self) -> Iterator[ReportLine]:
        for start in range(0, len(self), AT_ONCE):
            yield from self[start : start + AT_ONCE]


class StateColumn(Column):
    """Leads to the translation, or to where it is begun."""

    cell_template_name = "translation/columns/state.html"

    def get_cell_context_data(self, instance: "ReportLine", parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = context["request"]
        may_begin = request is not None and request.user.has_perm(PERMISSION)
        may_begin = may_begin and instance.pair.state == State.NONE
        return {
            **context,
            "url": _language_address(instance) if instance.pair.translation else "",
            "begin_url": _language_address(instance) if may_begin else "",
            "csrf_token": get_token(request) if may_begin else "",
        }


def _original_address(line: ReportLine) -> str:
    return edit_address(line.pair.original)


def _language_address(line: ReportLine) -> str:
    pair = line.pair
    return edit_address(pair.translation) if pair.translation else begin_address(pair.original.pk, pair.locale)


# --- The report


class TranslationsView(exports.PlainExportMixin, ReportView):
    """What is out of date stands first, then what is missing."""

    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    model = Page
    filterset_class = TranslationsFilterSet
    index_url_name = "translation:report"
    index_results_url_name = "translation:report_results"
    is_searchable = False
    columns = [
        TitleColumn("title", label=_("Original"), get_url=_original_address, classname="title newsroom-wide"),
        Column("type", label=_("Type")),
        Column("language", label=_("Language")),
        StateColumn("state", label=_("State")),
        DateColumn("since", label=_("Since")),
        Column("changed", label=_("Changed parts"), accessor=lambda line: "" if line.changed is None else line.changed),
        Column("by", label=_("Who")),
    ]
    export_headings = {
        "title": _("Original"),
        "type": _("Type"),
        "language": _("Language"),
        "state": _("State"),
        "ahead": _("Under way"),
        "since": _("Since"),
        "changed": _("Changed parts"),
        "by": _("Who"),
    }
    list_export = list(export_headings)
    custom_field_preprocess = {"title": exports.WORDS, "by": exports.WORDS, "since": exports.MOMENT}

    def get_filename(self) -> str:
        return f"translations-{timezone.localdate().isoformat()}"

    def get_base_queryset(self) -> QuerySet:
        return freshness.originals().order_by("path")

    @cached_property
    def chosen(self) -> dict[str, Any]:
        return self.filters.form.cleaned_data if self.filters and self.filters.is_valid() else {}

    def get_queryset(self) -> "ReportLines":
        """Pages × languages."""
        pages = self.filter_queryset(self.get_base_queryset())
        language = self.chosen.get("language")
        locales = [one for one in freshness.other_locales() if not language or one.language_code == language]
        return ReportLines(pages, locales, self.chosen.get("state"))

    def get_filtered_queryset(self) -> "ReportLines":
        return self.get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        context["object_list"] = _completed(context["object_list"])
        return context


def _completed(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """With what changed, how far it is, and the people: the same number of queries for one line and for all."""
    lines = list(lines)
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
    return lines


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
