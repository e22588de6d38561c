"""Signs of life of the processes that serve no pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When a process was last seen at work: one row for each kind of process, however many there are of it."""

    process = models.CharField(_("process"), max_length=40, primary_key=True)
    at = models.DateTimeField(_("last seen"))

    holds_words_of_people = False  # written by the program: see approval/cleaning_signals.py

    class Meta:
        verbose_name = _("heartbeat")
        verbose_name_plural = _("heartbeats")
        default_permissions = ()

    def __str__(self) -> str:
        return self.process
