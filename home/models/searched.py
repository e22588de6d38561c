"""What a page says to the search. Each page type and mixin adds what it shows in words: `yield from super()…`."""

import datetime
from collections.abc import Iterator
from typing import Any, ClassVar

from wagtail.blocks.stream_block import StreamValue
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from home import sections
from home.blocks import reading
from home.blocks.references import references_in

OF_NO_SECTION = "page"


class SearchedMixin:
    """Put before what makes a page. All of it is in the language of the page, where that is the active one.

    No e-mail address, no telephone number and no contact person is said here, by no page type.
    """

    search_weight: ClassVar[float] = 1.0
    """Less for a page that lists others."""
    search_date: datetime.date | None = None
    """What makes it fresh or old; None for what stays."""
    search_ends: datetime.datetime | None = None
    """When it is over; None for what isn't an event."""

    def search_subjects(self) -> Iterator[Any]:
        """What it is about, in few words each; empty ones are left out."""
        yield self.lead  # type: ignore[attr-defined]
        for value in self._search_texts():
            if isinstance(value, StreamValue):
                yield from reading.headings_of(value)
            else:
                yield from reading.headings_in_rich_text(value)

    def search_passages(self) -> Iterator[Any]:
        """Its running text, with line breaks between paragraphs; empty ones are left out."""
        for value in self._search_texts():
            if isinstance(value, StreamValue):
                yield from reading.texts_of(value)
            else:
                yield "\n".join(reading.lines_in_rich_text(value))

    def search_files(self) -> Iterator[int]:
        """The keys of the documents that it offers, in their order."""
        model = get_document_model()
        for value in self._search_texts():
            if isinstance(value, StreamValue):
                found = references_in(value.stream_block, value.raw_data)
            else:
                found = ((target, pk) for target, pk, *_path in extract_references_from_rich_text(value))
            yield from (int(pk) for target, pk in found if target is model)

    def search_labels(self) -> Iterator[str]:
        """What filters know it by: "name:value" (search/labels.py)."""
        yield f"kind:{self.search_kind}"
        if self.search_date:
            yield f"year:{self.search_date.year}"

    @property
    def search_kind(self) -> str:
        """The section that it belongs to, or OF_NO_SECTION."""
        fronts = sections.section_models()
        candidates = (type(self), *self.allowed_parent_page_models())  # type: ignore[attr-defined]
        return next((model.section.key for model in candidates if model in fronts), OF_NO_SECTION)

    def _search_texts(self) -> Iterator[StreamValue | str]:
        """The values of its bodies and rich texts, in the order of its fields."""
        for field in _text_fields(type(self)):
            if value := getattr(self, field):
                yield value


def _text_fields(model: type[Page]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, StreamField | RichTextField)]
