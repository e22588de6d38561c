"""The outbox: mails written in the same transaction as the decision they tell of, sent afterwards."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_WAIT, LONGEST_WAIT_IN_DIGEST = timedelta(hours=25), timedelta(days=14)
"""Longer than any pause, and than any time until the next digest."""


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=OutgoingMail.State.WAITING)

    def due(self, now: datetime):
        """What may be tried now. What somebody tries at this moment is due later (see mail/delivery.py).

        What would wait longer than anything may was put off by a clock that was wrong.
        """
        too_long = models.Q(in_digest=False, send_after__gt=now + LONGEST_WAIT)
        too_long |= models.Q(send_after__gt=now + LONGEST_WAIT_IN_DIGEST)
        return self.waiting().filter(models.Q(send_after__lte=now) | too_long)

    def overdue(self, before: datetime):
        """What should have gone before that moment and waits still, also in the pause after a failed try."""
        tried_in_vain = ~models.Q(error="") & models.Q(created_at__lte=before)
        return self.waiting().filter(models.Q(send_after__lte=before) | tried_in_vain)


class OutgoingMail(models.Model):
    """One event for one account or address. `facts` are plain values; words are made when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("no longer of use")
        FAILED = "failed", _("given up")

    event = models.CharField(_("event"), max_length=120)
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language of the mail"), max_length=10)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=20)
    facts = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    in_digest = models.BooleanField(_("in the daily digest"), default=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("last error"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()
    holds_words_of_people = False  # written by the program: see approval/cleaning_signals.py

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mail of the outbox")
        verbose_name_plural = _("mails of the outbox")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=models.Q(user__isnull=False),
                name="one_mail_per_event_and_user",
            ),
            models.UniqueConstraint(
                fields=["event", "address"],
                condition=models.Q(user__isnull=True),
                name="one_mail_per_event_and_address",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "send_after"], name="outbox_due"),
            models.Index(fields=["event"], name="outbox_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.address}"

    @property
    def current_address(self) -> str:
        """Where it goes: an account's address may have been corrected since the row was written."""
        return self.user.email if self.user else self.address


class MailChoice(models.Model):
    """What a person wants by mail. Nobody who never chose has a row: they get everything at once."""

    class When(models.TextChoices):
        AT_ONCE = "at-once", _("Everything that concerns me, at once")
        DIGEST = "digest", _("Everything in one mail a day, on working days in the morning")
        WAITING = "waiting", _("Only what waits for me, at once")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    when = models.CharField(_("Mails about texts"), max_length=10, choices=When, default=When.AT_ONCE)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_when_display()
