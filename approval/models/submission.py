"""What somebody wrote to those who get the text, when they sent it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class SubmissionNote(models.Model):
    """The words that came with a text to the step at which it arrived. They are no part of the text."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="note")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(_("note"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("note that came with a text")
        verbose_name_plural = _("notes that came with texts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.text
