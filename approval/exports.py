"""What becomes of values on their way into a spreadsheet: the same for every report."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from wagtail.admin.views.mixins import SpreadsheetExportMixin

NO_BREAK = re.compile("[\u00a0\u2007\u202f]")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
CELL_OF_FORMULA = re.compile(r"(?:^|(?<=[;\t\r\n]))(?=[=+\-@])")
"""Where a cell may begin, in Polish also after a semicolon, with what makes it a formula."""


class PlainExportMixin:
    """Put before ReportView: what binds words on a screen hinders whoever searches a spreadsheet."""

    def get_heading(self, queryset: Any, field: str) -> str:
        return plain(super().get_heading(queryset, field))  # type: ignore[misc]

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return plain(value) if isinstance(value, str) else value


def plain(text: str) -> str:
    """`text` with ordinary spaces."""
    return NO_BREAK.sub(" ", text)


def harmless(text: str) -> str:
    """Text for a spreadsheet: nobody's title becomes a formula, or a sign that no spreadsheet can hold."""
    text = CELL_OF_FORMULA.sub("'", UNPRINTABLE.sub("", text))
    return f"'{text}" if text[:1] in ("\t", "\r", "\n") else text


def keep_harmless() -> None:
    """From now on no export of the admin writes a formula, whatever its column holds.

    Wagtail's own reports write titles, names and what visitors searched for as they are, and have no place to say
    otherwise for all of them.
    """
    stock = SpreadsheetExportMixin.preprocess_field_value

    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        value = stock(self, field, value, export_format)
        return harmless(value) if isinstance(value, str) else value

    view: Any = SpreadsheetExportMixin
    view.preprocess_field_value = preprocess_field_value


def on_the_clock(moment: datetime | None) -> str:
    """To the minute, in the site's time: a spreadsheet reads it as a moment."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def in_both_formats(read: Callable[[Any], str]) -> dict[str, Callable[[Any], str]]:
    """A column whose values `read` makes text, for `custom_field_preprocess` of a report."""
    return {SpreadsheetExportMixin.FORMAT_CSV: read, SpreadsheetExportMixin.FORMAT_XLSX: read}


MOMENT = {SpreadsheetExportMixin.FORMAT_CSV: on_the_clock}
"""A column of moments; the other format has a kind of its own for them."""
