"""Who was asked to come."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

OPEN_FOR = timedelta(days=7)


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        """Of people who haven't come yet, whether their link still opens anything or not."""
        return self.filter(accepted_at=None)

    def open(self):
        """Those whose link opens their account now."""
        return self.pending().filter(sent_at__gt=timezone.now() - OPEN_FOR)


class Invitation(models.Model):
    """An account that waits for its owner to choose a password; until then it is switched off.

    `number`: how often it was sent. The link names it, so a new one ends those before. `is_first`: the account was made
    for it, and nobody has ever been in.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitation")
    number = models.PositiveIntegerField(default=0)
    is_first = models.BooleanField(default=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(_("invited"), default=timezone.now)
    accepted_at = models.DateTimeField(_("came"), null=True)

    objects = InvitationQuerySet.as_manager()
    holds_words_of_people = False  # nothing of it is typed: see approval/cleaning_signals.py
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def open_until(self) -> datetime:
        return self.sent_at + OPEN_FOR

    @property
    def is_pending(self) -> bool:
        return self.accepted_at is None

    @property
    def is_too_old(self) -> bool:
        return self.is_pending and self.open_until <= timezone.now()
