"""What becomes of an original is asked of its translations too: then both or neither, or the original alone.

Each page keeps its own act in the ledger and its own entry in the log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page

from approval import archive, dates, schedule
from approval.locks import locked, locked_release_of
from approval.models import LedgerEntry
from approval.refusals import RefusedError

TOGETHER = "together"
ALONE = "alone"


@dataclass(frozen=True)
class LinkedTranslation:
    """A translation beside its original, and what is said about it before a choice."""

    page: Page
    state: str
    obstacle: str = ""
    target: Page | None = None

    @property
    def language(self) -> str:
        return str(self.page.locale)

    @property
    def title(self) -> str:
        return self.page.get_admin_display_title()


def is_linked(choice: str | None) -> bool:
    """Whoever wasn't asked, because the translation is newer than the question, means both."""
    return choice != ALONE


def translations_of_all(pages: Iterable[Page]) -> list[Page]:
    """Translations of the originals among `pages`, those in `pages` left out."""
    pages = list(pages)
    groups = {page.translation_key for page in pages}
    default = Locale.get_default().pk
    with_original = set(
        Page.objects.filter(translation_key__in=groups, locale=default).values_list("translation_key", flat=True)
    )
    originals = {page.translation_key for page in pages if page.locale_id == default} | (groups - with_original)
    found = Page.objects.filter(translation_key__in=originals, depth__gt=1).exclude(pk__in=[page.pk for page in pages])
    return list(found.select_related("locale").specific().order_by("path"))


# --- Taking down ------------------------------------------------------------------------------


def shown_with(pages: Iterable[Page]) -> list[LinkedTranslation]:
    """Translations of `pages` that visitors see, or will see by themselves."""
    found = []
    for page in translations_of_all(pages):
        waiting = None if page.live else page.scheduled_revision
        if page.live:
            found.append(LinkedTranslation(page, _("public")))
        elif waiting:
            found.append(
                LinkedTranslation(page, _("goes live on %(day)s") % {"day": dates.day(waiting.approved_go_live_at)})
            )
    return found


@transaction.atomic
def take_down(pages: Iterable[Page], user: Any, *, below: bool = False, together: bool = True) -> list[Page]:
    """Take `pages` down, with all that is public below them and with their translations; returns what changed.

    A translation that waits for its time loses its approval instead: it would go live without its original.
    """
    family = {page.pk: page for page in pages}
    if below:
        for page in list(family.values()):
            family.update({child.pk: child for child in page.get_descendants().live()})
    if together:
        family.update({companion.page.pk: companion.page for companion in shown_with(family.values())})
    return [page for page in (_hide(family[pk], user) for pk in sorted(family)) if page]


def _hide(page: Page, user: Any) -> Page | None:
    # What was loaded a moment ago may be older than what somebody decided meanwhile.
    locked_release_of(page)
    page = locked(page.specific)
    permissions = page.permissions_for_user(user)
    if page.live:
        if not permissions.can_unpublish():
            raise PermissionDenied
        UnpublishPageAction(page, user=user).execute(skip_permission_checks=True)
        return page
    if page.scheduled_revision:
        if not permissions.can_unschedule():
            raise PermissionDenied
        schedule.withdraw(page, user, archive.given_reason())
        return page
    return None


# --- Restoring --------------------------------------------------------------------------------


def archived_with(page: Page) -> list[Page]:
    """The other languages of `page` that were public, aren't now, and can come back as they were approved."""
    others = archive.archived_pages().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [other for other in others.select_related("locale").specific() if archive.last_approved(other)]


@transaction.atomic
def restore(pages: Iterable[Any], user: Any) -> list[LedgerEntry]:
    """Bring all of `pages` back, or none of them: then a RefusedError says why."""
    return [archive.restore(page, user) for page in sorted(pages, key=lambda page: page.pk)]


# --- Moving -----------------------------------------------------------------------------------


def movable_with(page: Page, destination: Page, user: Any) -> list[LinkedTranslation]:
    """Translations of `page` that stand elsewhere than under the translation of `destination`, and what hinders."""
    found = []
    for translation in translations_of_all([page]):
        target = destination.get_translation_or_none(translation.locale)
        if target is None or translation.get_parent().pk != target.pk:
            hindrance = _hindrance(translation, target, destination, user)
            found.append(
                LinkedTranslation(translation, _("public") if translation.live else _("draft"), hindrance, target)
            )
    return found


def _hindrance(translation: Page, target: Page | None, destination: Page, user: Any) -> str:
    if target is None:
        facts = {"title": destination.get_admin_display_title(), "language": translation.locale}
        return _("“%(title)s” has no translation yet (%(language)s), so there is no place for it.") % facts
    if not Page._slug_is_available(translation.slug, target, page=translation):
        facts = {"title": target.get_admin_display_title(), "slug": translation.slug}
        return _("Below “%(title)s” the address “%(slug)s” is taken.") % facts
    if not translation.permissions_for_user(user).can_move_to(target):
        return _("It can't stand below “%(title)s”, or you may not move it there.") % {
            "title": target.get_admin_display_title()
        }
    return ""


@transaction.atomic
def move(page: Page, destination: Page, user: Any, *, together: bool = True) -> list[Page]:
    """Move `page` below `destination`, and its translations below the translations of that; returns what moved."""
    companions = movable_with(page, destination, user) if together else []
    for companion in companions:
        if companion.obstacle:
            raise RefusedError(
                _("“%(title)s” can't move along: %(obstacle)s Nothing was moved.")
                % {"title": companion.title, "obstacle": companion.obstacle}
            )
    steps = [(page, destination), *((companion.page, companion.target) for companion in companions)]
    for moved, _target in sorted(steps, key=lambda step: step[0].pk):
        locked(moved.specific)
    for moved, target in steps:
        # The move before this one may have changed paths.
        moved, target = moved.specific_class.objects.get(pk=moved.pk), Page.objects.get(pk=target.pk)
        MovePageAction(moved, target, pos="last-child", user=user).execute()
    return [moved for moved, _target in steps]


# --- Deleting ---------------------------------------------------------------------------------


def deletable_with(pages: Iterable[Page], user: Any) -> list[LinkedTranslation]:
    """Translations of drafts that go, and of all below them."""
    family = [each for page in pages for each in page.get_descendants(inclusive=True)]
    found = []
    for page in translations_of_all(family):
        below = page.get_descendant_count()
        state = _("draft")
        if below:
            state = ngettext("with %(number)d page below it", "with %(number)d pages below it", below) % {
                "number": below
            }
        obstacle = "" if page.permissions_for_user(user).can_delete() else _("It was public, or you may not delete it.")
        found.append(LinkedTranslation(page, state, obstacle))
    return found


@transaction.atomic
def delete_translations(pages: Iterable[Page], user: Any) -> list[Page]:
    """Delete the translations of `pages`, which go next; a RefusedError keeps all of them."""
    gone: list[Page] = []
    for companion in deletable_with(pages, user):  # from the top down
        if companion.obstacle:
            raise RefusedError(
                _("“%(title)s” can't go along: %(obstacle)s Nothing was deleted.")
                % {"title": companion.title, "obstacle": companion.obstacle}
            )
        if not any(companion.page.is_descendant_of(page) for page in gone):
            DeletePageAction(companion.page, user=user).execute()
            gone.append(companion.page)
    return gone
