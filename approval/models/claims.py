"""Who works on a step ("biorę to"), and the day by which a text is needed."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class ClaimQuerySet(models.QuerySet):
    def current(self):
        """Claims on steps that are still open, of people who are still here."""
        return self.filter(task_state__status=TaskState.STATUS_IN_PROGRESS, user__is_active=True)


class Claim(models.Model):
    """Somebody took a step. It tells the others and locks nobody out; it goes when the step ends.

    One row per step: when two people take it at once, the database lets one through.
    """

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="claims")
    taken_at = models.DateTimeField(_("taken"), auto_now_add=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("step that somebody took")
        verbose_name_plural = _("steps that somebody took")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}: {self.task_state}"


class NeededByQuerySet(models.QuerySet):
    def for_instance(self, instance: Any):
        return self.filter(content_type=instance.get_base_content_type(), object_id=str(instance.pk))


class NeededBy(models.Model):
    """The day by which its author needs a page or snippet published."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=255)
    day = models.DateField(_("needed by"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    objects = NeededByQuerySet.as_manager()

    class Meta:
        verbose_name = _("day by which a text is needed")
        verbose_name_plural = _("days by which texts are needed")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="one_needed_by_per_object")]

    def __str__(self) -> str:
        return str(self.day)
