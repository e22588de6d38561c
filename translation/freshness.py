"""How far every translation is: one query for a whole section, a whole site, or one page.

The state is reckoned by the database, so that it can also choose: a site has thousands of texts, a screen shows a few.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision, WorkflowState

from approval.models import ReleaseItem
from approval.models.acts import APPROVED_FOR_LATER, PUBLISHING_ACTS, Act
from approval.models.ledger import LedgerEntry
from approval.permissions import is_in_first_language


class State(models.TextChoices):
    """What visitors can read in the other language."""

    NONE = "none", _("none")
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    APPROVED = "approved", _("approved, waits to go live")
    CURRENT = "current", _("live and current")
    OUTDATED = "outdated", _("live and out of date")


@dataclass(frozen=True)
class Pair:
    """An original and its translation into one language.

    `since`: for OUTDATED the moment of the original's source version, else when the original was published last.
    `under_way`: a newer version of the translation is in review; `draft`: a newer version is being written.
    `waits`: the newest version is approved, and waits for its time or for its original.
    """

    original: Page
    locale: Locale
    translation: Page | None
    state: State
    since: datetime | None
    under_way: bool = False
    draft: bool = False
    waits: bool = False


@dataclass(frozen=True)
class Standing:
    """A Pair in numbers: for badges and counts over a whole site.

    `waits_outdated`: the version that waits will be out of date, too, when it goes live in place of the one of now.
    """

    original: int
    translation: int | None
    state: State
    since: datetime | None
    under_way: bool
    draft: bool
    waits: bool
    waits_outdated: bool


def originals() -> Any:
    """Public pages in the site's first language, without the root (PageQuerySet)."""
    return Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE, live=True, depth__gt=1, alias_of=None)


def other_locales() -> list[Locale]:
    return list(Locale.objects.exclude(language_code=settings.LANGUAGE_CODE))


def pairs(pages: Any, locale: Locale) -> list[Pair]:
    """Where the translation into `locale` of each of `pages` stands: two queries."""
    found = list(annotated(pages, locale).select_related("locale"))
    ids = {page.translation_id for page in found if page.translation_id}
    translations = Page.objects.select_related("locale").in_bulk(ids)
    return [_pair(page, locale, translations.get(page.translation_id)) for page in found]


def standings(pages: Any, locale: Locale) -> list[Standing]:
    """Where the translation into `locale` of each of `pages` stands, in their order: one query, no pages loaded.

    `pages` may be `annotated` for that locale already, to choose among them.
    """
    if "state" not in pages.query.annotations:
        pages = annotated(pages, locale)
    rows = pages.values_list(
        "pk",
        "last_published_at",
        "translation_id",
        "translation_live",
        "translation_changed",
        "is_under_way",
        "is_held",
        "is_scheduled",
        "public_source_version",
        "waiting_source_version",
        "state",
        named=True,
    )
    return [_standing(row) for row in rows]


def annotated(pages: Any, locale: Locale) -> Any:
    """`pages` with where their translation into `locale` stands: see `standings` for the names, and `state`."""
    mine = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, alias_of=None)
    pages = pages.annotate(
        translation_id=Subquery(mine.values("pk")[:1]),
        translation_live=Subquery(mine.values("live")[:1]),
        translation_changed=Subquery(mine.values("has_unpublished_changes")[:1]),
        translation_newest=Subquery(mine.values("latest_revision")[:1]),
    )
    # While somebody writes a newer version, there is something left to do.
    held = ReleaseItem.objects.filter(
        page=OuterRef("translation_id"), is_open=True, approval__revision_number=OuterRef("translation_newest")
    )
    scheduled = Revision.objects.filter(pk=OuterRef("translation_newest"), approved_go_live_at__isnull=False)
    pages = pages.annotate(
        is_under_way=is_under_way(_page_type(), "translation_id"),
        is_held=Exists(held),
        is_scheduled=Exists(scheduled),
        public_source_version=_source_version_of("pk"),
        translation_source_version=_source_version_of("translation_id"),
        waiting_source_version=_source_version_of("translation_id", APPROVED_FOR_LATER),
    )
    return pages.annotate(state=_state())


def is_under_way(kind: ContentType, name: str) -> Exists:
    """Whether somebody is to decide about the text of that base content type whose number is in the column `name`."""
    texts = {"base_content_type": kind, "object_id": Cast(OuterRef(name), CharField())}
    return Exists(WorkflowState.objects.filter(**texts, status=WorkflowState.STATUS_IN_PROGRESS))


def _state() -> Case:
    is_current = Q(public_source_version=F("translation_source_version")) | Q(
        public_source_version=None, translation_source_version=None
    )
    return Case(
        When(translation_id=None, then=Value(State.NONE)),
        When(translation_live=False, is_under_way=True, then=Value(State.REVIEW)),
        When(Q(is_held=True) | Q(is_scheduled=True), translation_live=False, then=Value(State.APPROVED)),
        When(translation_live=False, then=Value(State.DRAFT)),
        When(is_current, then=Value(State.CURRENT)),
        default=Value(State.OUTDATED),
        output_field=CharField(),
    )


def _source_version_of(name: str, acts: tuple[Act, ...] = PUBLISHING_ACTS) -> Subquery:
    """The source version of the newest publication, or other of `acts`, of the page whose id is in `name`."""
    entries = LedgerEntry.objects.filter(
        content_type=_page_type(), object_id=Cast(OuterRef(name), CharField()), act__in=acts
    )
    return Subquery(entries.order_by("-pk").values("source_version")[:1])


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _standing(row: Any) -> Standing:
    """`row`: a page that was `annotated`, or its values."""
    state = State(row.state)
    since = row.public_source_version if state == State.OUTDATED else row.last_published_at
    waits = row.is_held or row.is_scheduled
    draft = bool(row.translation_live and row.translation_changed)
    waits_outdated = waits and state == State.OUTDATED and row.waiting_source_version != row.public_source_version
    return Standing(row.pk, row.translation_id, state, since, row.is_under_way, draft, waits, waits_outdated)


def _pair(page: Any, locale: Locale, translation: Page | None) -> Pair:
    found = _standing(page)
    return Pair(page, locale, translation, found.state, found.since, found.under_way, found.draft, found.waits)


def pair_of(instance: Page) -> Pair | None:
    """Where the translation `instance` stands towards its original; None for what is no translation."""
    originals_here = originals().filter(translation_key=instance.translation_key)
    if is_in_first_language(instance):
        return None
    return next(iter(pairs(originals_here, instance.locale)), None)
