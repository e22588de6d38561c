"""Which version somebody had before their eyes when they decided."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class ReviewedRevision(models.Model):
    """A version that was shown for a decision. It is never written over (`is_frozen`)."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="shown")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("version shown for a decision")
        verbose_name_plural = _("versions shown for a decision")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["revision", "user"], name="shown_once_to_each")]

    def __str__(self) -> str:
        return f"{self.user}: {self.revision_id}"
