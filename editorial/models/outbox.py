"""The outbox: mails written in the same transaction as the decision they tell of, sent afterwards."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMailQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=OutgoingMail.State.WAITING)

    def due(self, now: datetime):
        """What may be tried now: its time has come, nobody holds it, nobody began to hand it over."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lte=now)
        return self.waiting().filter(free, send_after__lte=now, handed_over_at=None)

    def unsure(self, now: datetime):
        """The sender died after it began to hand the mail over: it may have gone, or not."""
        return self.waiting().filter(handed_over_at__isnull=False, leased_until__lte=now)

    def overdue(self, before: datetime):
        """What should have gone before that moment and waits still."""
        return self.waiting().filter(send_after__lte=before, handed_over_at=None)


class OutgoingMail(models.Model):
    """One event for one person. `facts` are plain values; words are made when it is sent."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        DROPPED = "dropped", _("no longer of use")
        UNSURE = "unsure", _("perhaps sent")
        FAILED = "failed", _("given up")

    event = models.CharField(_("event"), max_length=120)
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=20)
    facts = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    in_digest = models.BooleanField(_("in the daily digest"), default=False)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    lease = models.UUIDField(null=True, editable=False)
    leased_until = models.DateTimeField(null=True, editable=False)
    handed_over_at = models.DateTimeField(_("handed to the mail server"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("last error"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mail of the outbox")
        verbose_name_plural = _("mails of the outbox")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["event", "receiver"], name="one_mail_per_event_and_receiver")]
        indexes = [models.Index(fields=["state", "send_after"], name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.event} → {self.receiver}"


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
