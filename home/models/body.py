"""What every page with a body has."""

from django.db import models
from django.utils.functional import cached_property

from home import text


class BodyMixin(models.Model):
    """Pages with a body: contents and reading time come from its headings and words."""

    class Meta:
        abstract = True

    @cached_property
    def toc(self) -> list[text.Heading]:
        """The sections of the body, with the fragments that the text block renders."""
        taken: set[str] = set()
        return [
            heading
            for block in self.body
            if block.block_type == "text"
            for heading in text.anchor_headings(block.value.source, taken)[1]
        ]

    @property
    def show_toc(self) -> bool:
        return len(self.toc) > 2

    @cached_property
    def reading_minutes(self) -> int:
        words = " ".join(self.body.stream_block.get_searchable_content(self.body))
        return text.reading_minutes(words)
