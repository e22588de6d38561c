"""The source version: which meaning of an original a text says."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from approval.models import GatedMixin
from translation import originals


class SourceVersionMixin(GatedMixin):
    """Content that is translated: put in place of `GatedMixin`. The source version is part of what is approved."""

    source_version = models.DateTimeField(_("source version"), null=True, editable=False)
    keeps_source_version = False
    """Said of a draft by its author: what changed since the public text changes no meaning."""

    class Meta:
        abstract = True

    def prepare_revision(self, newest: Any) -> None:
        self.source_version = originals.source_version_of_draft(self, newest)
