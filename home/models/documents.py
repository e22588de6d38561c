"""Files to download."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.search import index


class SiteDocument(AbstractDocument):
    """One file in one language, whichever pages offer it."""

    language = models.CharField(
        _("language of the file"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("Pages in other languages say so beside the link."),
    )

    search_fields = [*AbstractDocument.search_fields, index.FilterField("id")]

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file gets its size and checksum, which Wagtail leaves to its own forms: the latter is its ETag."""
        if self.file and not self.file._committed:
            self._set_document_file_metadata()
        super().save(*args, **kwargs)

    @property
    def title_lang(self) -> str | None:
        """The language of title and file where it differs from the page's, else None."""
        return None if self.language == get_language() else self.language
