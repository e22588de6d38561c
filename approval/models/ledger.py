"""The ledger: an append-only record of every decision that changed what visitors see."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class LedgerQuerySet(models.QuerySet):
    def for_instance(self, instance: Any):
        return self.filter(content_type=_base_type(instance), object_id=str(instance.pk))

    def independent(self):
        """Publications that somebody independent stands for, at once or afterwards."""
        return self.filter(models.Q(act__in=INDEPENDENT_ACTS) | models.Q(act=Act.EMERGENCY, answers__act=Act.CONFIRMED))

    def publications(self):
        return self.filter(act__in=PUBLISHING_ACTS)

    def unconfirmed(self):
        """Emergency publications that nobody independent has confirmed or replaced yet."""
        later = LedgerEntry.objects.filter(
            content_type=models.OuterRef("content_type"),
            object_id=models.OuterRef("object_id"),
            act__in=SETTLING_ACTS,
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(act=Act.EMERGENCY).filter(~models.Exists(later))

    def last_approved_content_time(self, instance: Any, before: datetime | None = None) -> datetime | None:
        """When the newest independently approved content was written; None where there is none."""
        entries = self.for_instance(instance).independent()
        if before:
            entries = entries.filter(content_time__lt=before)
        return entries.order_by("-pk").values_list("content_time", flat=True).first()

    def update(self, **values: Any) -> int:
        raise TypeError("The ledger is append-only.")

    def delete(self):
        raise TypeError("The ledger is append-only.")


class Act(models.TextChoices):
    PUBLISHED = "published", _("published after approval")
    SCHEDULED = "scheduled", _("approved for a later time")
    WITHDRAWN = "withdrawn", _("approval withdrawn")
    EMERGENCY = "emergency", _("published in an emergency")
    CONFIRMED = "confirmed", _("emergency publication confirmed")
    TAKEN_DOWN = "taken-down", _("taken down")
    RESTORED = "restored", _("approved version put back")
    SEEDED = "seeded", _("published by an operator's command")


PUBLISHING_ACTS = (Act.PUBLISHED, Act.EMERGENCY, Act.RESTORED, Act.SEEDED)
INDEPENDENT_ACTS = (Act.PUBLISHED, Act.RESTORED, Act.SEEDED)
# A confirmation is always of the newest emergency, and so settles the ones before it.
SETTLING_ACTS = (*INDEPENDENT_ACTS, Act.CONFIRMED, Act.TAKEN_DOWN)


class LedgerEntry(models.Model):
    """One act. Names stand in it as they were, so that it can be read without other tables."""

    act = models.CharField(_("what happened"), max_length=12, choices=Act)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=255)
    content_object = GenericForeignKey("content_type", "object_id", for_concrete_model=False)
    content_object.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]  # Wagtail asks for it
    title = models.CharField(_("title"), max_length=255)
    revision_number = models.BigIntegerField(_("version"), null=True)
    content_time = models.DateTimeField(_("version saved"), null=True)
    digest = models.CharField(_("digest of the content"), max_length=64, blank=True)
    source_version = models.DateTimeField(_("source version"), null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    user_name = models.CharField(_("who"), max_length=255, blank=True)
    contributors = models.JSONField(_("who wrote it"), default=list)
    approvals = models.JSONField(_("who approved it"), default=list)
    reason = models.TextField(_("reason"), blank=True)
    due = models.DateTimeField(_("for when"), null=True)
    answered = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answers")

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("entry of the publication record")
        verbose_name_plural = _("publication record")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["content_type", "object_id", "act"])]
        permissions = [
            ("publish_in_emergency", "Can publish in an emergency, with a reason"),
            ("take_down", "Can take down what is public"),
            ("withdraw_approval", "Can withdraw an approval before its time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The ledger is append-only.")
        self.user_name = self.user_name or (self.user.name if self.user else "")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any):
        raise TypeError("The ledger is append-only.")

    @cached_property
    def instance(self) -> Any:
        """The page or snippet as its own type; None once it is gone."""
        found = self.content_object
        return getattr(found, "specific", found)


def _base_type(instance: Any) -> ContentType:
    return instance.get_base_content_type()
