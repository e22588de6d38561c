"""Whoever decides decides about what they were shown, and about nothing else."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from approval.models.ledger import LedgerEntry
from approval.models.reviewed_revision import ReviewedRevision
from approval.refusals import RefusedError
from approval.row_keys import is_key


class ChangedMeanwhileError(RefusedError):
    """The text is no longer the one that was shown."""


def record_review(revision: Any, user: Any) -> int:
    """Freeze `revision`, because `user` decides about it now; returns its number for the form."""
    ReviewedRevision.objects.get_or_create(revision=revision, user=user)
    return revision.pk


def last_look(instance: Any, newest: Any, user: Any) -> Any:
    """The version before `newest` that `user` decided on, wrote or was shown last; None if something went public since.

    What is public by now is the better thing to compare with, above all where it is what was public before.
    """
    known = Q(shown__user=user) | Q(task_states__finished_by=user) | Q(user=user)
    published_since = LedgerEntry.objects.for_instance(instance).publications().filter(at__gte=OuterRef("created_at"))
    earlier = instance.revisions.filter(known, ~Exists(published_since), pk__lt=newest.pk)
    return earlier.order_by("-pk").first()


def check_reviewed_revision(request: HttpRequest) -> None:
    """Before a page or snippet is saved: the version that is to be written over has a number."""
    number = request.POST.get("overwrite_revision_id") or "0"
    if not is_key(number):
        raise ChangedMeanwhileError(_("Nothing was saved: there is no such version."))


def reviewed_by(user: Any, instance: Any, shown: Any, submitted: int) -> Any:
    """The newest revision of `instance`, if `user` knows it; else raise ChangedMeanwhileError.

    `shown`: the number that came with the form, or None: then they know the `submitted` one.
    Newer versions count as known if nobody but `user` wrote them: a reviewer who corrects and
    passes on in one go passes on what they corrected.
    """
    newest = instance.get_latest_revision()
    number = submitted if shown in (None, "") else shown
    if str(number) == str(newest.pk):
        return newest
    known = is_key(number) and instance.revisions.filter(pk=number).exists()
    if not known or instance.revisions.filter(pk__gt=number).exclude(user=user).exists():
        raise ChangedMeanwhileError(
            _("Nothing was decided: “%(title)s” was changed after it was shown to you. Look at the newest version.")
            % {"title": instance}
        )
    return newest
