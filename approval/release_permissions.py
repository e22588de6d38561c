"""Who may let texts go live together, set another time for them, and let go. None of it is writing or approving."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from approval import roles
from approval.models import LedgerPerson, Release
from approval.models.release import open_release_number
from approval.permissions import WITHDRAW
from approval.policy import NotYoursError
from approval.refusals import RefusedError


def original_of(page: Any) -> Any:
    """The text in the first language that `page` is or translates, as its own type; None where there is none."""
    if not isinstance(page, Page) or page.depth < 2:
        return None
    default = Locale.get_default()
    found = page if page.locale_id == default.pk else page.get_translation_or_none(default)
    return found and found.specific


def may_create(original: Page, user: Any) -> bool:
    """Whoever may send `original`, and whoever may withdraw an approval."""
    if not user.is_active or original.depth < 2 or original.alias_of_id or original.get_workflow() is None:
        return False
    return user.has_perm(WITHDRAW) or original.permissions_for_user(user).can_edit()


def may_change(release: Release, user: Any) -> bool:
    """Whoever may withdraw an approval; and who made it or wrote one of its originals, while nothing is approved."""
    if not user.is_active or not release.is_open:
        return False
    if user.has_perm(WITHDRAW):
        return True
    originals = release.items.filter(is_open=True, page__locale__language_code=settings.LANGUAGE_CODE)
    is_theirs = release.created_by_id == user.pk or originals.filter(page__owner=user).exists()
    return is_theirs and not release.items.exclude(approval=None).exists()


def require_change(release: Release | None, user: Any) -> Release:
    if release is None:
        raise RefusedError(_("These texts don't go live together any more: they are public, or somebody was faster."))
    if not may_change(release, user):
        raise NotYoursError(_("Once a text is approved, only those who may withdraw an approval change its time."))
    return release


def may_move(release: Release, user: Any) -> bool:
    """The same, except whoever wrote what is approved in it: they chose their time before (as in `schedule.move`)."""
    return may_change(release, user) and not wrote_what_is_approved(release, user)


def movers(release: Release) -> list[Any]:
    """The coordinators who may."""
    coordinators = get_user_model().objects.filter(groups__role__key=roles.COORDINATORS.key, is_active=True)
    return [user for user in coordinators if may_move(release, user)]


def wrote_what_is_approved(release: Release, user: Any) -> bool:
    writers = LedgerPerson.objects.filter(part=LedgerPerson.Part.CONTRIBUTOR, user=user.pk)
    return writers.filter(entry__release_items__release=release, entry__release_items__is_open=True).exists()


def may_create_at_step(page: Any, user: Any) -> bool:
    """Whether `user`, who may approve `page` at its step, may also let it go live together with its other language.

    For an original it asks the database nothing: a text at a step has its workflow.
    """
    if not isinstance(page, Page) or not user.has_perm(WITHDRAW):
        return False
    if page.locale.language_code == settings.LANGUAGE_CODE:
        return page.depth > 1 and not page.alias_of_id
    original = original_of(page)
    is_under_way = original is not None and (not original.live or original.has_unpublished_changes)
    return is_under_way and open_release_number(original) is None
