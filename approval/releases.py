"""Making texts go live together, changing their time, and letting go: who may, and what is written down.

None of it writes or approves anything: whoever does it may still approve what others wrote.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision

from approval import release_checks, schedule
from approval.locks import locked, locked_release, locked_release_of
from approval.models import Act, LedgerEntry, Release, ReleaseItem
from approval.models.gated import record
from approval.models.ledger import LONGEST_REASON, ids_of
from approval.permissions import WITHDRAW
from approval.policy import NotYoursError
from approval.refusals import RefusedError
from approval.release_permissions import may_create, require_change, wrote_what_is_approved
from approval.release_publication import publish_ready
from approval.text_cleaning import clean_words

arranged = Signal()
"""Sent with `release`, `act` (joined, moved or left), `user` and `reason` when it was made, moved, or is about to end;
not where its texts went live by that."""

# --- Making ---------------------------------------------------------------------------------------


def release_of(page: Any) -> Release | None:
    """The open release of `page`; None where there is none."""
    if not isinstance(page, Page) or not page.pk:
        return None
    return Release.objects.open().filter(items__page=page.pk, items__is_open=True).first()


def release_that_holds(page: Any) -> Release | None:
    """The same, where a version of `page` is approved and waits for the others."""
    if not isinstance(page, Page):
        return None
    items = ReleaseItem.objects.filter(page=page.pk, is_open=True, approval__isnull=False)
    item = items.select_related("release").first()
    return item.release if item else None


@transaction.atomic
def create(
    originals: Iterable[Page],
    locales: Iterable[Locale],
    user: Any,
    publish_at: datetime | None = None,
    rule: str = Release.Rule.WAIT,
    *,
    at_once: bool = True,
) -> Release:
    """Let `originals` and their translations into `locales` go live at one moment, those not begun yet as well.

    `at_once`: False where nobody said that this moment may be now; then AtOnceError is raised, and nothing is done.

    Raises RefusedError, or NotYoursError for whoever may not.
    """
    release_checks.require_time_to_come(publish_at)
    locales = list(locales)
    pages: dict[int, Page] = {}
    missing: list[tuple[Page, Locale]] = []
    for original in originals:
        if not may_create(original, user):
            raise NotYoursError(_("You may not send “%(title)s”.") % {"title": original.get_admin_display_title()})
        # Whoever begins a translation of it now has begun before us, or finds the place that is kept for it.
        pages[original.pk] = locked(original.specific)
        for locale in locales:
            there = original.get_translation_or_none(locale)
            if there is None:
                missing.append((original, locale))
            else:
                pages[there.pk] = there.specific
    release = Release.objects.create(publish_at=publish_at, rule=rule, created_by=user)
    wanted = {original.pk for original in originals}
    for page in sorted(pages.values(), key=lambda page: (page.depth, page.pk)):
        page = locked(page)
        if page.open_release is not None:
            raise RefusedError(_("“%(title)s” goes live together with others already.") % {"title": page.title})
        if page.pk in wanted and page.live and not page.has_unpublished_changes:
            raise RefusedError(_("“%(title)s” is public, and there is no newer version of it.") % {"title": page.title})
        release_checks.require_usual_way(page)
        item = ReleaseItem(release=release, page=page.page_ptr, locale=page.locale)
        item.approval = _taken_from_its_time(release, page, user)
        release_checks.require_end_later(item, publish_at)
        item.save()
        _note(Act.JOINED, release, page, user)
    for original, locale in missing:
        ReleaseItem.objects.create(release=release, translation_of=original, locale=locale)
    _publish_or_tell(Act.JOINED, locked_release(release.pk), user, at_once)
    return release


def create_for_sent(page: Page, user: Any) -> Release:
    """Let `page`, as `user` has just sent it, and its translations go live together: at its time, or when all can."""
    others = Locale.objects.exclude(pk=Locale.get_default().pk)
    time = page.go_live_at
    return create([page], others, user, time if time and time > timezone.now() else None, at_once=False)


def _taken_from_its_time(release: Release, page: Any, user: Any) -> LedgerEntry | None:
    """The approval of a text that was to go live alone: it stays, for the new moment."""
    revision = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False).first()
    if revision is None:
        return None
    if not user.has_perm(WITHDRAW):
        raise NotYoursError(_("“%(title)s” is approved for a time: ask a coordinator.") % {"title": page.title})
    before = schedule.valid_approval(page, revision)
    if before is None:
        raise RefusedError(_("“%(title)s” has no valid approval: withdraw it first.") % {"title": page.title})
    if user.pk in ids_of(before.contributors):
        raise NotYoursError(_("You worked on this text, so somebody else moves its time."))
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    return record(
        Act.HELD,
        page,
        revision,
        before.digest,
        named=before.named,
        user=user,
        due=release.publish_at,
        release_number=release.pk,
        answered=before,
    )


def join(original: Page, page: Any) -> None:
    """`page`, a translation of `original` that was just begun, takes the place that was kept for it, if one was."""
    places = ReleaseItem.objects.filter(is_open=True, translation_of=original.pk, locale=page.locale_id)
    item = places.select_related("release", "release__created_by").first()
    if item is not None:
        item.page, item.translation_of = Page.objects.get(pk=page.pk), None
        item.save()
        _note(Act.JOINED, item.release, page, item.release.created_by)


# --- Changing -------------------------------------------------------------------------------------


@transaction.atomic
def move(number: int, publish_at: datetime | None, user: Any, rule: str = "", *, at_once: bool = True) -> Release:
    """Set another time, or None: as soon as all are approved, which may be now (`at_once` as for `create`).

    `rule`: what happens if one isn't ready at that time; "" leaves it as it is.
    """
    release = require_change(locked_release(number), user)
    if wrote_what_is_approved(release, user):
        raise NotYoursError(_("You worked on this text, so somebody else moves its time."))
    release_checks.require_time_to_come(publish_at)
    for item in release.open_items:
        release_checks.require_end_later(item, publish_at)
    before = release.publish_at, release.rule
    if release.publish_at != publish_at:
        release.publish_at = publish_at
        release.save(update_fields=["publish_at"])
        for page in _pages(release):
            _note(Act.MOVED, release, page, user)
    if rule and rule != release.rule:
        release.rule = rule
        release.save(update_fields=["rule"])
        for page in _pages(release):
            _note(Act.MOVED, release, page, user, rule)
    if (release.publish_at, release.rule) != before:
        _publish_or_tell(Act.MOVED, release, user, at_once)
    return release


def _publish_or_tell(act: Act, release: Any, user: Any, at_once: bool) -> None:
    if not at_once:
        release_checks.require_consent(release)
    publish_ready(release, user)
    if release.is_open:
        arranged.send(sender=Release, release=release, act=act, user=user, reason="")


@transaction.atomic
def withdraw(number: int, user: Any, reason: str = "") -> Release:
    """Each text goes its own way again; one that was approved for this moment needs a new approval."""
    release = require_change(locked_release(number), user)
    _end(release, user, reason)
    return release


def end_with(page: Any, user: Any, reason: str = "") -> None:
    """`page` went its own way (published in an emergency, put back, taken down): so do the others.

    Called in a transaction that locks nothing else yet, or has locked them all.
    """
    release = locked_release_of(page)
    if release is not None:
        _end(release, user, reason)


def _end(release: Release, user: Any, reason: str) -> None:
    arranged.send(sender=Release, release=release, act=Act.LEFT, user=user, reason=clean_words(reason, LONGEST_REASON))
    release.withdrawn_at, release.withdrawn_by = timezone.now(), user
    release.save(update_fields=["withdrawn_at", "withdrawn_by"])
    for item in release.open_items:
        item.is_open = False
        item.save(update_fields=["is_open"])
        if item.page_id:
            _note(Act.WITHDRAWN if item.approval else Act.LEFT, release, item.page, user, reason, item.approval)


def _note(
    act: Act, release: Release, page: Any, user: Any, reason: str = "", approval: LedgerEntry | None = None
) -> None:
    """Into the ledger and into the text's own history. `approval`: the one that ends.

    `reason`: of `Act.MOVED` the rule that was set, where that is what changed (`LedgerEntry.rule`).
    """
    entry = record(
        act,
        page,
        approval.get_revision() if approval else None,
        approval.digest if approval else "",
        user=user,
        reason=clean_words(reason, LONGEST_REASON),
        due=release.publish_at,
        release_number=release.pk,
    )
    log(page, f"approval.{act}", user=user, data={"reason": entry.reason})


def _pages(release: Release) -> list[Any]:
    return [item.page for item in release.open_items if item.page_id]
