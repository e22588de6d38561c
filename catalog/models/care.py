"""Who looks after a chapter, and until when somebody has to read it again."""

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CareQuerySet(QuerySet):
    def overdue(self):
        """Chapters that visitors read, and that somebody should have read again by now."""
        return self.filter(review_by__lt=timezone.localdate(), page__live=True)


class ChapterCare(models.Model):
    """Beside the chapter and no part of any version: to have read it again changes nothing that has to be approved."""

    wagtail_reference_index_ignore = True

    page = models.OneToOneField("catalog.ChapterPage", on_delete=models.CASCADE, related_name="care")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who looks after it"),
    )
    review_by = models.DateField(
        _("to be read again by"),
        null=True,
        blank=True,
        help_text=_("Rules change. From the next day on it stands on the dashboard of whoever looks after it."),
    )

    objects = models.Manager.from_queryset(CareQuerySet)()

    class Meta:
        default_permissions = ()
        verbose_name = _("care of a chapter")
        verbose_name_plural = _("care of chapters")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.review_by or '–'}"
