"""Where texts stand that go live together, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, WorkflowState

from approval import dates, policy, step_names
from approval.models import Release, ReleaseItem
from approval.views.subjects import edit_address, may_edit


@dataclass(frozen=True)
class TextStanding:
    """One of the texts. `page`: None for a translation that nobody has begun, of `original`.

    `waits`: it is approved, and another one isn't yet.
    """

    title: str
    language: str
    words: str
    is_ready: bool
    page: Page | None
    original: Page | None
    locale: Any
    edit_url: str = ""
    preview_url: str = ""
    waits: bool = False


@dataclass(frozen=True)
class ReleaseStanding:
    """`sentence`: when they go live, and what happens if one isn't ready."""

    release: Release
    sentence: str
    texts: list[TextStanding]

    @property
    def is_ready(self) -> bool:
        return all(text.is_ready for text in self.texts)

    @property
    def is_held_back(self) -> bool:
        """Whether what could be public by now isn't: something in it is not in order."""
        return self.release.is_due and any(text.is_ready and not text.waits for text in self.texts)


def when(page: Page, go_live_at: datetime | None) -> str:
    """When a version of `page` with that time of its own goes live, if it is approved."""
    item = ReleaseItem.objects.filter(page=page.pk, is_open=True).select_related("release").first()
    return of(item.release).sentence if item else when_alone(go_live_at)


def when_alone(go_live_at: datetime | None) -> str:
    """The same of what goes live together with nothing else."""
    if time := dates.to_come(go_live_at):
        return _("Once it is approved, it goes live on %(time)s.") % {"time": time}
    return _("It goes live as soon as it is approved.")


def approved(release: Release) -> str:
    """Of a text that is approved: what it waits for."""
    if release.publish_at is None:
        return _("Approved. It goes live as soon as its other language is approved.")
    if release.is_due:
        return _("Approved. Its time has come, and it waits for its other language.")
    words = _("Approved. It goes live together with its other language on %(time)s.")
    return words % {"time": dates.day_and_hour(release.publish_at)}


def sentence(release: Release, is_original_public: bool = False) -> str:
    """When they go live, or what they still wait for. `is_original_public`: it went alone, as the rule says."""
    if is_original_public and (release.publish_at is None or release.is_due):
        return _("The original is public already. Its translation goes live as soon as it is approved.")
    if release.publish_at is None:
        return _("Both go live together, as soon as both are approved.")
    time = {"time": dates.day_and_hour(release.publish_at)}
    if is_original_public:
        return _("The original is public already. Its translation goes live on %(time)s, once it is approved.") % time
    if release.is_due:
        return _overdue(release) % time
    if release.rule == Release.Rule.ALONE:
        return (
            _("Both go live together on %(time)s. If the translation isn't ready then, the original goes live alone.")
            % time
        )
    return _("Both go live together on %(time)s. If one isn't ready then, both wait for it.") % time


def _overdue(release: Release) -> str:
    if release.rule == Release.Rule.ALONE:
        return _(
            "They were to go live together on %(time)s. The original goes live as soon as it is approved, "
            "and its translation not before it."
        )
    return _("They were to go live together on %(time)s. Both go live as soon as both are approved.")


def of(release: Release) -> ReleaseStanding:
    return of_all([release])[0]


def of_step(task_state: Any) -> ReleaseStanding | None:
    """The same for the text of a step; None where it goes live alone, at no cost where `with_release` said so."""
    release = policy.open_release_of_step(task_state)
    return of(release) if release else None


def of_all(releases: Iterable[Release]) -> list[ReleaseStanding]:
    """The same for many, with a fixed number of queries."""
    releases = list(releases)
    found = _open_items(release__in=releases)
    states = _states(item.page_id for item in found if item.page_id)
    return [
        _standing(release, [item for item in found if item.release_id == release.pk], states) for release in releases
    ]


def _standing(release: Release, items: list[ReleaseItem], states: dict[str, Any]) -> ReleaseStanding:
    texts = [_text(item, states, items) for item in items]
    return ReleaseStanding(release, sentence(release, _went_alone(items)), texts)


def shown_to(user: Any, standing: ReleaseStanding) -> ReleaseStanding:
    """`standing` with the ways to its texts only where `user` may go there."""
    texts = [text if text.page is None or may_edit(text.page, user) else _without_ways(text) for text in standing.texts]
    return replace(standing, texts=texts)


def _without_ways(text: TextStanding) -> TextStanding:
    return replace(text, edit_url="", preview_url="")


def held() -> list[tuple[Page, Release, bool]]:
    """Every text that is approved and goes live with others, with its release, and whether it waits for one of them."""
    found = _open_items()
    return [(item.page, item.release, _waits(item, found)) for item in found if item.page and item.approval_id]


def _open_items(**chosen: Any) -> list[ReleaseItem]:
    items = ReleaseItem.objects.filter(is_open=True, **chosen)
    return list(items.select_related("release", "page__locale", "translation_of", "locale").order_by("pk"))


def _waits(item: ReleaseItem, found: list[ReleaseItem]) -> bool:
    """Whether `item`, which is approved, waits for another one of `found`: at its time an original may go alone."""
    others = [one for one in found if one.release_id == item.release_id and one.approval_id is None]
    if item.release.publish_at and item.release.rule == Release.Rule.ALONE:
        others = [] if _is_original(item) else [one for one in others if _is_original(one)]
    return item.approval_id is not None and bool(others)


def _went_alone(items: list[ReleaseItem]) -> bool:
    """Whether the original is public already, and `items`, which are still open, hold its translation alone."""
    if not items or any(map(_is_original, items)):
        return False
    item = items[0]
    original = item.translation_of or (item.page and item.page.get_translation_or_none(Locale.get_default()))
    return bool(original and original.live)


def _is_original(item: ReleaseItem) -> bool:
    return item.locale.language_code == settings.LANGUAGE_CODE


def _states(numbers: Iterable[int]) -> dict[str, Any]:
    pages = ContentType.objects.get_for_model(Page)
    states = WorkflowState.objects.active().filter(base_content_type=pages, object_id__in=[str(pk) for pk in numbers])
    return {state.object_id: state for state in states.select_related("current_task_state__task")}


def _text(item: ReleaseItem, states: dict[str, Any], found: list[ReleaseItem]) -> TextStanding:
    language, page = item.locale.get_display_name(), item.page
    if page is None:
        title = item.translation_of.get_admin_display_title() if item.translation_of else ""
        return TextStanding(
            title, language, _("Nobody has begun it yet."), False, None, item.translation_of, item.locale
        )
    waits = _waits(item, found)
    words, is_ready = _words(item, page, states.get(str(page.pk)), waits)
    return TextStanding(
        page.get_admin_display_title(),
        language,
        words,
        is_ready,
        page,
        None,
        item.locale,
        edit_address(page),
        reverse("wagtailadmin_pages:view_draft", args=(page.pk,)),
        waits,
    )


def _words(item: ReleaseItem, page: Page, state: Any, waits: bool) -> tuple[str, bool]:
    """Where it stands, and whether it is ready."""
    step = state and state.current_task_state
    if step and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("Returned for corrections."), False
    if step:
        facts = {"step": step_names.shown_name(step.task.name), "day": dates.day(step.started_at)}
        return _("At the step “%(step)s” since %(day)s.") % facts, item.approval_id is not None
    if waits:
        is_original = _is_original(item)
        return _("Approved. It waits for its translation.") if is_original else _(
            "Approved. It waits for the original."
        ), True
    if item.approval_id:
        return _("Approved."), True
    if page.live and not page.has_unpublished_changes:
        return _("Public; its new version isn't begun."), False
    return _("A draft. Nobody has sent it yet."), False
