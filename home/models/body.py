"""What every page with a body has."""

from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property

from home import text
from home.blocks import references
from home.blocks.body import headings_of_sections


class BodyMixin(models.Model):
    """Pages with a body: contents and reading time come from its headings and words."""

    needs_body: ClassVar[bool] = False
    """Whether a page without one is not sent: its lead promises more than there is."""

    class Meta:
        abstract = True

    @cached_property
    def toc(self) -> list[text.Heading]:
        """The sections of the body, with the fragments that the text block renders."""
        return headings_of_sections(self.body)

    @property
    def show_toc(self) -> bool:
        return len(self.toc) > 2

    def count_minutes(self) -> int:
        """How long the body takes to read, in whole minutes. Reads all of it."""
        return text.reading_minutes(" ".join(references.words_of(self.body)))
