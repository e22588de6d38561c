"""Every text that is not just resting: where it is, who holds it, since when, and what comes next.

A fixed number of queries, however many there are.
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Locale, Page, Revision, TaskState, TranslatableMixin, WorkflowState

from approval import deadlines, emergency, people, policy, release_standing, roles, schedule
from approval.archive import NOTHING_NEW
from approval.models import Claim, GatedMixin, LedgerEntry
from approval.models.ledger import ids_of
from approval.titles import pages_named_to
from approval.views.subjects import decision_address
from newsroom.under_way_line import Key, Line, State, complete, free_for
from translation import freshness, snippets

WITH_SNIPPETS = ("latest_revision__user",)


class TextsUnderWay:
    """The lines for one person, their own texts first, then by need and age."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def lines(self) -> list[Line]:
        found: dict[Key, Line] = {}
        sources = (self._emergencies, self._scheduled, self._in_workflow, self._drafts, self._outdated)
        for line in chain.from_iterable(source() for source in sources):
            found.setdefault(line.key, line)
        lines = self._with_texts(found)
        self._add_days(lines)
        self._add_pairs(lines)
        return sorted(lines, key=_place)

    # --- Sources

    def _emergencies(self) -> Iterator[Line]:
        for entry in LedgerEntry.objects.unconfirmed().select_related("content_type").order_by("pk"):
            line = Line((entry.content_type_id, entry.object_id), State.EMERGENCY, entry.at)
            if not emergency.is_own(entry, self.user) and emergency.may_publish(self.user):
                subject = (entry.content_type.app_label, entry.content_type.model, entry.object_id)
                line.url = reverse("approval:answer", args=(*subject, entry.pk))
                line.verb = _("Look and confirm")
            line.is_own = self.user.pk in ids_of(entry.contributors)
            yield line

    def _scheduled(self) -> Iterator[Line]:
        waiting = Revision.objects.filter(approved_go_live_at__isnull=False).defer("content")
        late = [revision for revision in waiting if revision.approved_go_live_at <= timezone.now()]
        held_back = {revision.pk for revision, _problems in schedule.held_back_now(late)}
        for revision in waiting:
            state = State.HELD_BACK if revision.pk in held_back else State.SCHEDULED
            key, due = (revision.base_content_type_id, revision.object_id), revision.approved_go_live_at
            yield Line(key, state, revision.created_at, goes_live=due, is_own=revision.user_id == self.user.pk)
        page_type = ContentType.objects.get_for_model(Page).pk
        for page, release, waits in release_standing.held():
            state = State.WAITING if waits else State.HELD_BACK if release.is_due else State.SCHEDULED
            is_own = page.owner_id == self.user.pk
            yield Line((page_type, str(page.pk)), state, None, goes_live=release.publish_at, is_own=is_own)

    def _in_workflow(self) -> Iterator[Line]:
        steps = list(
            TaskState.objects.filter(
                workflow_state__in=WorkflowState.objects.active(), workflow_state__current_task_state=F("pk")
            ).select_related("workflow_state__requested_by", "task")
        )
        open_steps = [step for step in steps if step.status == TaskState.STATUS_IN_PROGRESS]
        facts = policy.facts_of(open_steps)
        deciders = people.deciders_of(facts)
        taken = Claim.objects.current().filter(task_state__in=[step.pk for step in open_steps])
        claims = {claim.task_state_id: claim.user for claim in taken.select_related("user")}
        for step in steps:
            workflow_state = step.workflow_state
            key = (workflow_state.base_content_type_id, workflow_state.object_id)
            author = workflow_state.requested_by
            line = Line(key, State.RETURNED, step.finished_at, is_own=author == self.user)
            if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                line.holders, line.verb = [author] if author else [], _("Correct")
            elif step.pk in facts:
                line.state, line.since = _state_of(facts[step.pk].task), step.started_at
                line.holders = [claims[step.pk]] if step.pk in claims else deciders.get(step.pk, [])
                line.url, line.verb = decision_address(step), _("Look")
                if any(person.pk == self.user.pk for person in deciders.get(step.pk, [])):
                    line.verb = _("Review") if line.state == State.REVIEW else pgettext("button", "Decide")
            else:
                continue
            yield line

    def _drafts(self) -> Iterator[Line]:
        drafts = Page.objects.filter(has_unpublished_changes=True, depth__gt=1, alias_of=None).exclude(NOTHING_NEW)
        page_type = ContentType.objects.get_for_model(Page).pk
        rows = pages_named_to(self.user, drafts).values_list(
            "pk", "latest_revision_created_at", "owner", "latest_revision__user"
        )
        for pk, at, owner, writer in rows:
            yield Line((page_type, str(pk)), State.DRAFT, at, is_own=self.user.pk in (owner, writer))
        for model in (one for one in apps.get_models() if issubclass(one, GatedMixin) and not issubclass(one, Page)):
            kind = ContentType.objects.get_for_model(model).pk
            rows = model.objects.filter(has_unpublished_changes=True)
            for pk, at, writer in rows.values_list("pk", "latest_revision__created_at", "latest_revision__user"):
                yield Line((kind, str(pk)), State.DRAFT, at, is_own=writer == self.user.pk)

    def _outdated(self) -> Iterator[Line]:
        page_type = ContentType.objects.get_for_model(Page).pk
        for locale in freshness.other_locales():
            found = freshness.annotated(freshness.originals(), locale).filter(state=freshness.State.OUTDATED)
            for standing in freshness.standings(found, locale):
                yield Line((page_type, str(standing.translation)), State.OUTDATED, standing.since)
        for pair in snippets.outdated():
            text: Any = pair.translation
            yield Line((ContentType.objects.get_for_model(text).pk, str(text.pk)), State.OUTDATED, pair.since)

    # --- What the lines say besides

    def _with_texts(self, found: dict[Key, Line]) -> list[Line]:
        """Those whose text is there, with it."""
        page_type = ContentType.objects.get_for_model(Page).pk
        pages = Page.objects.select_related("locale", "owner", "latest_revision__user")
        pages = pages.defer("latest_revision__content")
        for kind in dict.fromkeys(kind for kind, _pk in found):
            model: Any = ContentType.objects.get_for_id(kind).model_class()
            with_it = (*WITH_SNIPPETS, *(["locale"] if issubclass(model, TranslatableMixin) else []))
            rows: Any = pages if kind == page_type else model._default_manager.select_related(*with_it)
            for text in rows.filter(pk__in=[pk for one, pk in found if one == kind]):
                complete(found[kind, str(text.pk)], text)
        return [line for line in found.values() if line.text is not None]

    def _add_days(self, lines: list[Line]) -> None:
        days = deadlines.days_of(line.key for line in lines)
        for line in lines:
            line.needed_by = days.get(line.key)

    def _add_pairs(self, lines: list[Line]) -> None:
        """“EN: draft” for every other language of a page."""
        by_page = {line.text.pk: line for line in lines if isinstance(line.text, Page)}
        keys = {line.text.translation_key for line in lines if isinstance(line.text, Page)}
        languages = dict(Locale.objects.values_list("pk", "language_code"))
        others: dict[Any, list[Any]] = {}
        rows = Page.objects.filter(translation_key__in=keys, alias_of=None)
        for row in rows.values_list("pk", "translation_key", "locale", "live", named=True):
            others.setdefault(row.translation_key, []).append(row)
        for line in lines:
            there = {row.locale: row for row in others.get(getattr(line.text, "translation_key", None), [])}
            others_of = [(code, there.get(pk)) for pk, code in languages.items() if there and pk != line.text.locale_id]
            line.pair = ", ".join(f"{code.upper()}: {_pair_state(row, by_page)}" for code, row in others_of)
            if line.state == State.WAITING:
                line.free_for = ", ".join(f"{code.upper()}: {_who_has(row, by_page)}" for code, row in others_of)


def _place(line: Line) -> tuple[Any, ...]:
    """The own ones, then what is late or needed, then the oldest."""
    need = (line.needed_by is None, line.needed_by or date.max)
    return not line.is_own, *need, list(State).index(line.state), line.since or timezone.now()


def _who_has(row: Any, by_page: dict[int, Line]) -> str:
    """Who has the other language for which a text waits."""
    if row is None:
        return free_for(roles.TRANSLATORS)
    return (row.pk in by_page and by_page[row.pk].who) or "–"


def _pair_state(row: Any, by_page: dict[int, Line]) -> str:
    if row is None:
        return _("none")
    if row.pk in by_page:
        return str(by_page[row.pk].state.label)
    return _("public") if row.live else _("not public")


def _state_of(task: Any) -> State:
    return State(task.step) if getattr(task, "step", "") in State.values else State.APPROVAL
