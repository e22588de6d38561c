"""What Wagtail tells, what approval makes of it, and what it tells in turn."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import Signal
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.log_actions import registry as log_registry
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Revision
from wagtail.signals import (
    page_slug_changed,
    page_unpublished,
    post_page_move,
    pre_page_move,
    published,
    unpublished,
)

from approval import (
    archive,
    file_protection,
    openings,
    publish_guard,
    redirects,
    releases,
    restricted_things,
    restriction,
    schedule,
)
from approval.contributors import PATTERN
from approval.digest import digest_of
from approval.models import Act, GatedMixin, LedgerEntry
from approval.models.gated import HARMLESS_FIELDS, record
from approval.publish_guard import NotApprovedError

decided = Signal()
"""Sent with `entry` (LedgerEntry) for every decision, inside the transaction that wrote it."""
scheduler_ran = Signal()
"""Sent by the commands that the scheduler calls, when they have done what was due or tried to."""


def tell_decision(instance: LedgerEntry, created: bool, **_signal: Any) -> None:
    if created:
        restriction.end_with_publication(instance)
        decided.send(sender=LedgerEntry, entry=instance)


def keep_what_was_public(instance: Any, origin: Any = None, **_signal: Any) -> None:
    """A page that visitors have seen is archived, with its history; it is never deleted."""
    if isinstance(instance, GatedMixin) and instance.first_published_at and not publish_guard.running_command():
        raise NotApprovedError(
            _("“%(title)s” was public, so it is taken down and kept, not deleted.") % {"title": instance}
        )


def keep_what_goes_together(instance: Any, **_signal: Any) -> None:
    """Nobody deletes one of the texts that go live together: the others would wait for it, or go without it."""
    if isinstance(instance, Page) and not publish_guard.running_command():
        schedule.keep_what_waits_for_others(instance)


def ask_publish_guard_for_plain_page(instance: Page, raw: bool = False, **_signal: Any) -> None:
    """A plain `Page` has no publish guard of its own, and shares its row with the page that has one."""
    before = Page.objects.filter(pk=instance.pk).first() if instance.pk else None
    if raw or before is None or not instance.live or publish_guard.running_command():
        return
    if any(getattr(before, name) != getattr(instance, name) for name in PLAIN_FIELDS):
        publish_guard.refuse(instance)


PLAIN_FIELDS = {field.name for field in Page._meta.concrete_fields if not field.is_relation} - HARMLESS_FIELDS - {"id"}
"""What visitors can meet of a page and Wagtail itself keeps."""


def keep_published_versions(instance: Revision, **_signal: Any) -> None:
    """Versions that the ledger names are its evidence; `purge_revisions` goes round them."""
    if publish_guard.running_command():
        return
    named = LedgerEntry.objects.publications().filter(revision_number=instance.pk)
    if named.exists():
        raise ProtectedError("This version was published: it is kept as evidence.", set(named))
    held = LedgerEntry.objects.waiting_for_others().filter(revision_number=instance.pk)
    if held.exists():
        raise ProtectedError("This version was approved, and waits for the others.", set(held))


def record_page_taken_down(instance: Any, **_signal: Any) -> None:
    _record_taken_down(instance)


def record_snippet_taken_down(instance: Any, **_signal: Any) -> None:
    if not isinstance(instance, Page):
        _record_taken_down(instance)


def _record_taken_down(instance: Any) -> None:
    if not isinstance(instance, GatedMixin):
        return
    # Wagtail logs who did it just before it sends the signal, which doesn't say.
    log = log_registry.get_logs_for_instance(instance).order_by("-timestamp", "-pk").first()
    user = log.user if log and log.action.startswith("wagtail.unpublish") else None
    if not instance.expired:  # Its end date was approved, and so was what is to follow.
        releases.end_with(instance, user, archive.given_reason())
    record(
        Act.TAKEN_DOWN,
        instance,
        None,
        digest_of(instance),
        user=user,
        reason=archive.given_reason(),
        due=instance.expire_at if instance.expired else None,
    )


def keep_writers_of_pattern(instance: Any, created: bool, **_signal: Any) -> None:
    """Wagtail copies versions, with who wrote them, but no log: it alone knows who wrote the pattern of a page.

    The words of a translation are its translator's.
    """
    source = created and isinstance(instance, GatedMixin) and instance.copied_from
    if not source or source.translation_key == instance.translation_key:
        return
    for entry in log_registry.get_logs_for_instance(source).filter(action=PATTERN):
        if entry.user:
            log(instance=instance, action=PATTERN, user=entry.user)


def connect() -> None:
    post_save.connect(keep_writers_of_pattern, dispatch_uid="keep-writers-of-pattern")
    post_save.connect(restriction.take_on, dispatch_uid="take-restriction-on")
    post_save.connect(restricted_things.note_version, sender=Revision, dispatch_uid="note-restricted-things")
    pre_delete.connect(restriction.forget, dispatch_uid="forget-restricted-draft")
    pre_delete.connect(keep_what_was_public, dispatch_uid="keep-what-was-public")
    pre_delete.connect(keep_what_goes_together, dispatch_uid="keep-what-goes-together")
    pre_delete.connect(keep_published_versions, sender=Revision, dispatch_uid="keep-published-versions")
    page_unpublished.connect(record_page_taken_down, dispatch_uid="ledger-taken-down-page")
    unpublished.connect(record_snippet_taken_down, dispatch_uid="ledger-taken-down-snippet")
    post_save.connect(tell_decision, sender=LedgerEntry, dispatch_uid="tell-decision")
    pre_save.connect(ask_publish_guard_for_plain_page, sender=Page, dispatch_uid="ask-publish-guard-for-plain-page")
    pre_save.connect(file_protection.keep_as_approved, dispatch_uid="keep-files-as-approved")
    pre_delete.connect(file_protection.keep_from_deletion, dispatch_uid="keep-files-in-use")
    pre_save.connect(
        file_protection.keep_from_hiding,
        sender=CollectionViewRestriction,
        dispatch_uid="keep-collections-of-files-in-use",
    )
    for signal, keep in ((pre_save, openings.keep_restriction), (pre_delete, openings.keep_private)):
        signal.connect(keep, sender=PageViewRestriction, dispatch_uid="keep-private")
    post_save.connect(openings.note_private, sender=PageViewRestriction, dispatch_uid="note-private")
    pre_page_move.connect(openings.keep_private_when_moved, dispatch_uid="keep-private-when-moved")
    pre_delete.connect(
        file_protection.keep_from_opening, sender=CollectionViewRestriction, dispatch_uid="keep-collections-private"
    )
    published.connect(file_protection.index_at_once, dispatch_uid="index-files-in-use")  # sent of pages too
    pre_save.connect(redirects.keep_at_home, sender=Redirect, dispatch_uid="keep-redirects-at-home")
    for moved in (page_slug_changed, post_page_move):
        moved.connect(redirects.forget_addresses_of_draft, dispatch_uid="forget-addresses-of-drafts")
