"""What the site remembers of what was searched for. Which of it, and why: home/searched.py."""

from django.db import models
from django.utils.translation import gettext_lazy


class SearchedWords(models.Model):
    """How often something was searched for in a month, and how many pages it found the last time."""

    wagtail_reference_index_ignore = True

    words = models.CharField(gettext_lazy("words"), max_length=80)
    language = models.CharField(gettext_lazy("language"), max_length=10)
    month = models.DateField(gettext_lazy("month"))
    """Its first day."""
    times = models.PositiveIntegerField(gettext_lazy("times"))
    results = models.PositiveIntegerField(gettext_lazy("results"))
    last_day = models.DateField(gettext_lazy("last day"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["words", "language", "month"], name="words_of_a_month")]
        default_permissions = ("view",)
        verbose_name = gettext_lazy("searched words")
        verbose_name_plural = gettext_lazy("searched words")

    def __str__(self) -> str:
        return f"{self.words} ({self.language}, {self.month:%Y-%m}): {self.times}"


class UnknownWords(models.Model):
    """That something which found nothing was searched for on a day: a fingerprint of it, from which nobody reads it."""

    wagtail_reference_index_ignore = True

    fingerprint = models.CharField(max_length=64)
    day = models.DateField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fingerprint", "day"], name="fingerprint_of_a_day")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]} {self.day}"
