"""The base of every stream of blocks."""

import re
import threading
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.fields import StreamField

from . import references

UNREADABLE = (KeyError, ValueError, TypeError, AttributeError)

one_at_a_time = threading.RLock()
"""Wagtail writes "this is a draft: ask for nothing" on the blocks themselves, and all threads share these, even those
of two fields. Without this, a text that is sent or decided on while another is saved passes with holes. No database
lock is waited for inside, so that nobody waits in a circle. Delete it when `Block.clean_deferred` keeps that to itself.
"""


class StreamFieldsMixin:
    """A page or snippet that says which of its blocks are not finished."""

    def find_unfinished(self) -> Iterator[tuple[str, list[str]]]:
        for field in self._meta.fields:  # type: ignore[attr-defined]
            if isinstance(field, StreamField) and (kinds := references.unfinished(getattr(self, field.name))):
                yield str(capfirst(field.verbose_name)), kinds


class SafeStreamBlock(blocks.StreamBlock):
    """A StreamBlock that a broken form doesn't break.

    Wagtail's raises an error, seen as 500, when the form isn't as its JavaScript makes it: a script that didn't load,
    a request cut off. This one keeps the blocks that can be read and asks for the others again. Delete it when
    Wagtail's `StreamBlock.value_from_datadict` answers with a validation error.
    """

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        try:
            return super().value_from_datadict(data, files, prefix)
        except UNREADABLE:
            value = StreamValue(self, self._readable(data, files, prefix))
            value.is_broken = True
            return value

    def _readable(self, data: Any, files: Any, prefix: str) -> list[tuple[str, Any, str | None]]:
        """(type, value, id) of each block that can be read, in the order of the form."""
        field = re.compile(rf"{re.escape(prefix)}-(\d{{1,6}})-type")
        numbers = sorted(int(match[1]) for match in map(field.fullmatch, data) if match)
        found = []
        for number in numbers:
            name, at = data[f"{prefix}-{number}-type"], f"{prefix}-{number}"
            if name not in self.child_blocks or data.get(f"{at}-deleted"):
                continue
            try:
                value = self.child_blocks[name].value_from_datadict(data, files, f"{at}-value")
            except UNREADABLE:
                continue
            found.append((name, value, data.get(f"{at}-id")))
        return found

    def render(self, value: StreamValue, context: Any = None) -> SafeString:
        """With all pages, pictures and files of the whole body found together."""
        with references.prefetched(value):
            return super().render(value, context)

    def get_form_state(self, value: StreamValue | None) -> Any:
        if not value:
            return super().get_form_state(value)
        with references.chosen_together(value):
            return super().get_form_state(value)

    def get_searchable_content(self, value: StreamValue) -> list[str]:
        """With the same, and so below: the search and the index of references follow each publication."""
        with references.fetched_together(value):
            return super().get_searchable_content(value)

    def extract_references(self, value: StreamValue) -> Iterator[tuple[type, str, str, str]]:
        with references.fetched_together(value):
            yield from super().extract_references(value)

    def clean_deferred(self, value: StreamValue) -> StreamValue:
        with one_at_a_time:
            return super().clean_deferred(value)

    def clean(self, value: StreamValue) -> StreamValue:
        with one_at_a_time:
            cleaned = super().clean(value)
        if getattr(value, "is_broken", False):
            message = _("Some blocks did not arrive whole. Check what is here, add what is missing, and send it again.")
            raise StreamBlockValidationError(non_block_errors=ErrorList([ValidationError(message)]))
        return cleaned
