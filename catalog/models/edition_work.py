"""What stands beside an edition: the text that it froze, and how far the making of its files is."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .edition import Edition

STALE = timedelta(minutes=5)
"""A job that has said nothing for so long was ended from outside: a step takes seconds."""


class EditionSource(models.Model):
    """The approved text of a language as data (`catalog.editions.content`): written once, never again."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="source")
    content = models.JSONField()
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("text of an edition")
        verbose_name_plural = gettext_lazy("texts of editions")

    def __str__(self) -> str:
        return str(self.edition)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ValidationError(_("The text of an edition was frozen when it was made. Make another edition."))
        super().save(*args, **kwargs)


class EditionBuild(models.Model):
    """How far the files of an edition are. Nothing of it is read by visitors."""

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("waits for its turn")
        RUNNING = "running", gettext_lazy("is being made")
        DONE = "done", gettext_lazy("made")
        FAILED = "failed", gettext_lazy("failed")

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="build")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    step = models.CharField(max_length=300, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("making of an edition")
        verbose_name_plural = gettext_lazy("makings of editions")

    def __str__(self) -> str:
        return f"{self.edition}: {self.get_state_display()}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING) and not self.is_stale

    @property
    def is_stale(self) -> bool:
        """Whether the job was ended from outside, or nobody has begun it."""
        return self.state in (self.State.WAITING, self.State.RUNNING) and timezone.now() - self.changed_at > STALE
