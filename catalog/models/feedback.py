"""What readers answer to "Did this chapter help?"."""

from django.conf import settings
from django.db import models
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

LONGEST_ANSWER = 500


class FeedbackQuerySet(QuerySet):
    def with_words(self):
        return self.exclude(words="")

    def open(self):
        return self.with_words().filter(handled_at__isnull=True)

    def counts(self):
        """(chapter, first day of the month, whether it helped, how often)."""
        months = self.annotate(month=TruncMonth("day")).order_by()
        return months.values_list("page", "month", "helped").annotate(times=Count("pk"))


class ChapterFeedback(models.Model):
    """One answer. Of who gave it nothing is known: no address, no session, no time but the day."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey("catalog.ChapterPage", on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("day"), db_index=True)
    helped = models.BooleanField(_("helped"))
    words = models.TextField(_("what was missing"), max_length=LONGEST_ANSWER, blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = models.Manager.from_queryset(FeedbackQuerySet)()

    class Meta:
        default_permissions = ("view", "change")
        verbose_name = _("answer of a reader")
        verbose_name_plural = _("answers of readers")

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {'+' if self.helped else '-'}"
