"""A translator's panels: out of date, not begun, under way. A fixed number of queries for each language."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import get_language_info, ngettext, pgettext
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Revision, WorkflowState

from approval import dates
from approval.titles import shown_title
from approval.type_names import type_name_about
from approval.views.subjects import edit_address
from newsroom.rows import MOST, DashboardRow, at_step
from translation import changes, freshness, priorities, progress, snippets
from translation.freshness import Pair, Standing, State
from translation.views.begin import begin_address


@dataclass
class Panel:
    """The first rows, how many there are in all, and where the others stand."""

    rows: list[DashboardRow] = field(default_factory=list)
    count: int = 0
    more_url: str = ""


class TranslatorPanels:
    """Three panels. Live texts that say something wrong come before those that say nothing."""

    def __init__(self) -> None:
        self.locales = freshness.other_locales()
        self._not_shown: dict[int, int] = {}
        """How many more texts have no translation, by language: of thousands only the first are read."""

    def outdated(self) -> Panel:
        """Live and out of date, longest first, unless somebody is at it; what stands around every page before pages."""
        panel = self._panel("outdated", self._outdated_row, [State.OUTDATED])
        around = snippets.outdated()
        rows = [_outdated(pair) for pair in around[:MOST]]
        panel.rows, panel.count = [*rows, *panel.rows], panel.count + len(around)
        return panel

    def missing(self) -> Panel:
        """Public and never translated: what has a date by its date, then as in the tree."""
        return self._panel("missing", self._missing_row, [State.NONE])

    def under_way(self) -> Panel:
        """Drafts, what is in review, what was returned."""
        return self._panel("under_way", self._under_way_row, [State.DRAFT, State.REVIEW])

    @cached_property
    def translations_under_way(self) -> set[int]:
        """Numbers of the pages in the third panel, also of those for which there is no room."""
        found = [one for locale in self.locales for one in self._standings[locale.pk]["under_way"]]
        return {one.translation for one in found if one.translation}

    # --- What is found

    @cached_property
    def _standings(self) -> dict[int, dict[str, list[Standing]]]:
        return {locale.pk: self._sorted(locale) for locale in self.locales}

    def _sorted(self, locale: Locale) -> dict[str, list[Standing]]:
        panels: dict[str, list[Standing]] = {"outdated": [], "missing": [], "under_way": []}
        originals = freshness.annotated(priorities.ordered(freshness.originals()), locale)
        needs_work = ~Q(state__in=(State.NONE, State.CURRENT)) | Q(is_under_way=True) | Q(translation_changed=True)
        for standing in freshness.standings(originals.filter(needs_work), locale):
            name = _panel_of(standing)
            if name:
                panels[name].append(standing)
        missing = originals.filter(translation_id=None)
        panels["missing"] = freshness.standings(missing[:MOST], locale)
        self._not_shown[locale.pk] = max(0, missing.count() - MOST)
        panels["outdated"].sort(key=lambda one: one.since.timestamp() if one.since else 0)
        returned = self._returned_pages
        panels["under_way"].sort(key=lambda one: str(one.translation) not in returned)
        return panels

    @cached_property
    def _returned_pages(self) -> set[str]:
        waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
        pages = Page.objects.exclude(locale=Locale.get_default()).annotate(key=Cast("pk", CharField()))
        return set(waiting.filter(object_id__in=pages.values("key")).values_list("object_id", flat=True))

    @cached_property
    def _pairs(self) -> dict[tuple[int, int], Pair]:
        """The pages of all rows that are shown, by original and language."""
        found = {}
        for locale in self.locales:
            panels = self._standings[locale.pk].values()
            shown = {one.original for panel in panels for one in panel[:MOST]}
            for pair in freshness.pairs(Page.objects.filter(pk__in=shown), locale):
                found[pair.original.pk, locale.pk] = pair
        return found

    @cached_property
    def _changed(self) -> dict[int, dict[int, int]]:
        """How many segments changed, by language and original."""
        return {
            locale.pk: changes.counted(pair for pair in self._pairs.values() if pair.locale.pk == locale.pk)
            for locale in self.locales
        }

    @cached_property
    def _progress(self) -> dict[int, dict[int, progress.Progress]]:
        """How far each draft is, by language and original."""
        return {
            locale.pk: progress.counted(pair for pair in self._pairs.values() if pair.locale.pk == locale.pk)
            for locale in self.locales
        }

    @cached_property
    def _newest(self) -> dict[int, Revision]:
        """The newest version of each translation that is shown, with its writer."""
        numbers = [pair.translation.latest_revision_id for pair in self._pairs.values() if pair.translation]
        found = Revision.objects.filter(pk__in=numbers).select_related("user").defer("content")
        return {int(revision.object_id): revision for revision in found}

    @cached_property
    def _workflows(self) -> dict[str, WorkflowState]:
        keys = [str(pair.translation.pk) for pair in self._pairs.values() if pair.translation]
        found = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id__in=keys
        )
        found = found.select_related("current_task_state__task", "current_task_state__finished_by").order_by("pk")
        return {state.object_id: state for state in found}

    # --- Rows

    def _panel(self, name: str, row: Any, states: list[State]) -> Panel:
        panel = Panel()
        for locale in self.locales:
            found = self._standings[locale.pk][name]
            panel.count += len(found) + (self._not_shown[locale.pk] if name == "missing" else 0)
            pairs = [self._pairs.get((one.original, locale.pk)) for one in found[:MOST]]
            panel.rows += [row(pair) for pair in pairs if pair is not None]
        panel.rows = panel.rows[: MOST * max(1, len(self.locales))]
        asked = "&".join(f"state={state.value}" for state in states)
        panel.more_url = f"{reverse('translation:report')}?{asked}"
        return panel

    def _outdated_row(self, pair: Pair) -> DashboardRow:
        row = _outdated(pair)
        count = self._changed[pair.locale.pk].get(pair.original.pk)
        if count:
            row.notes.append(units(count))
        return row

    def _missing_row(self, pair: Pair) -> DashboardRow:
        row = _row(pair, begin_address(pair.original.pk, pair.locale), _("Begin"))
        row.posts = True
        if pair.since:
            row.notes.append(
                _("Public since %(day)s.") % {"day": dates.day(pair.original.first_published_at or pair.since)}
            )
        return row

    def _under_way_row(self, pair: Pair) -> DashboardRow:
        page: Any = pair.translation
        row = _row(pair, edit_address(page), _("Continue writing"))
        workflow, newest = self._workflows.get(str(page.pk)), self._newest.get(page.pk)
        step = workflow.current_task_state if workflow else None
        done = self._progress[pair.locale.pk].get(pair.original.pk)
        if done and not done.is_complete:
            row.notes.append(f"{capfirst(str(done))}.")
        if workflow is None or step is None:
            if newest:
                facts = {"day": dates.day(newest.created_at), "name": newest.user.name if newest.user else "?"}
                row.notes.append(_("A draft, last saved on %(day)s (%(name)s).") % facts)
        elif workflow.status == WorkflowState.STATUS_NEEDS_CHANGES:
            facts = {"name": step.finished_by.name if step.finished_by else "?", "day": dates.day(step.finished_at)}
            row.alarm = _("%(name)s returned it on %(day)s.") % facts
            if step.comment:
                row.notes.append(step.comment)
            row.verb = _("Correct")
        else:
            row.notes.append(at_step(step))
            row.verb = _("Open")
        if pair.state == State.OUTDATED and pair.since:
            row.notes.append(
                _("Visitors read a translation that is out of date since %(day)s.") % {"day": dates.day(pair.since)}
            )
        return row


def _outdated(pair: Pair) -> DashboardRow:
    row = _row(pair, edit_address(pair.translation), pgettext("translation", "Update"))
    if pair.since:
        row.alarm = _("Out of date since %(day)s.") % {"day": dates.day(pair.since)}
    else:
        row.alarm = _("Out of date.")
    if pair.under_way:
        row.notes.append(_("New version in review"))
    elif pair.waits:
        row.notes.append(capfirst(str(State.APPROVED.label)))
    elif pair.draft:
        row.notes.append(_("New draft"))
    return row


def units(count: int) -> str:
    """“3 segments changed”."""
    return ngettext("%(count)d part changed.", "%(count)d parts changed.", count) % {"count": count}


def _panel_of(standing: Standing) -> str:
    if standing.waits and not standing.under_way:
        return "outdated" if standing.waits_outdated else ""  # there is nothing left to do
    if standing.state in (State.DRAFT, State.REVIEW) or standing.under_way or standing.draft:
        return "under_way"
    return {State.OUTDATED: "outdated", State.NONE: "missing"}.get(standing.state, "")


def _row(pair: Pair, url: str, verb: str) -> DashboardRow:
    page = pair.translation or pair.original
    codes = pair.original.locale.language_code, pair.locale.language_code
    languages = " → ".join(str(get_language_info(code)["name_translated"]) for code in codes)
    return DashboardRow(shown_title(page), url, verb, type_name_about(page), languages)
