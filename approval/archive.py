"""Taking down, and putting back what somebody independent has approved before."""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from approval import publish_guard, releases, validation
from approval.context_variables import holding
from approval.digest import digest_of
from approval.locks import locked
from approval.models import Act, LedgerEntry, LedgerPerson
from approval.models.gated import record
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words

_said: ContextVar[str] = ContextVar("said", default="")


def with_reason(reason: str) -> AbstractContextManager[None]:
    """The reason for what is taken down meanwhile: Wagtail's own views have no place for it."""
    return holding(_said, clean_words(reason))


def given_reason() -> str:
    return _said.get()


NOTHING_NEW = Q(live=False, last_published_at__gte=F("latest_revision_created_at"))
"""Of a page: it was taken down, and nobody has written a newer version."""


def archived_pages() -> Any:
    """Pages that visitors have seen and don't see now (PageQuerySet)."""
    return Page.objects.filter(live=False, first_published_at__isnull=False, depth__gt=1, alias_of__isnull=True)


def last_approved(instance: Any) -> LedgerEntry | None:
    """The newest publication that somebody independent stands for."""
    return LedgerEntry.objects.for_instance(instance).independent().order_by("-pk").first()


def version_before(instance: Any, but: str = "") -> LedgerEntry | None:
    """The newest approved text of `instance` that visitors read before the one of now; None without one.

    `but`: the digest of what they read now, where that is approved itself. What was taken down for good stays down:
    only what was public since then counts.
    """
    entries = LedgerEntry.objects.for_instance(instance)
    down = entries.filter(act=Act.TAKEN_DOWN).order_by("-pk").values_list("pk", flat=True).first()
    return entries.independent().filter(pk__gt=down or 0).exclude(digest=but).order_by("-pk").first()


def put_back(
    instance: Any,
    approved: LedgerEntry,
    user: Any,
    reason: str = "",
    answered: LedgerEntry | None = None,
    revision: Revision | None = None,
    release_number: int | None = None,
) -> LedgerEntry:
    """Publish the text of the entry `approved` again, byte for byte, without a new approval.

    `revision`: one with that text, if it is another than the entry names. `release_number`: of what it had gone live
    together with, and what stays as it is. Raises RefusedError where that very text
    can't be had any more, or its end date has come.
    """
    with transaction.atomic():
        releases.end_with(instance, user, reason)
        instance = locked(instance)
        revision = revision or approved.get_revision()
        text = revision and revision.as_object()
        if revision is None or text is None or digest_of(text) != approved.digest:
            raise RefusedError(
                _(
                    "The approved text can't be put back as it was: something in it is gone. "
                    "Edit the page and submit it for approval."
                )
            )
        now = timezone.now()
        if (text.expire_at and text.expire_at <= now) or (text.go_live_at and text.go_live_at > now):
            raise RefusedError(
                _("The approved time of this text is over. Change its dates and submit it for approval.")
            )
        validation.require_none(validation.obstacles(revision, text))
        try:
            with publish_guard.allow(instance, approved.digest):
                revision.publish(user=user, skip_permission_checks=True)
        except ValidationError as error:
            raise RefusedError(" ".join(error.messages)) from error
        _forget_steps(instance)
        return record(
            Act.RESTORED,
            instance,
            revision,
            approved.digest,
            user=user,
            named=[*approved.contributors, *_approvals(approved)],
            reason=clean_words(reason),
            answered=answered or approved,
            release_number=release_number,
        )


def _forget_steps(instance: Any) -> None:
    """Whoever passed a newer version, which goes on in its workflow, compared it with another text than is public now.

    So each step is asked again. The history still says that it was passed (`timeline.py`).
    """
    if state := instance.current_workflow_state:
        state.task_states.filter(status=TaskState.STATUS_APPROVED).update(status=TaskState.STATUS_CANCELLED)


def _approvals(entry: LedgerEntry) -> list[LedgerPerson]:
    """Who stands for `entry`: whoever approved it, or confirmed it afterwards."""
    confirmed = entry.answers.filter(act=Act.CONFIRMED).first()
    return confirmed.approvals if confirmed else entry.approvals


def restore(instance: Any, user: Any) -> LedgerEntry:
    """Bring an archived page back with the text that was last approved."""
    approved = last_approved(instance)
    if approved is None:
        raise RefusedError(
            _("Nobody independent has approved a text of this page. Edit it and submit it for approval.")
        )
    if instance.live:
        raise RefusedError(_("“%(title)s” is public already.") % {"title": instance})
    return put_back(instance, approved, user)
