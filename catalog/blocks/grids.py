"""Tables whose headings are always in the same place: only the cells are for the editor to choose."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from home.blocks.text import TableBlock

MOST_ROWS = 40
"""More than anybody fills in or compares; a longer table is several."""
MOST_COLUMNS = 8


class Grid:
    """What a table says: its caption, the headings of its columns, and its rows. Every cell is a string."""

    def __init__(self, raw: Any) -> None:
        self._raw: dict[str, Any] = raw or {}

    @cached_property
    def _data(self) -> list[list[str]]:
        return [["" if cell is None else str(cell).strip() for cell in row] for row in self._raw.get("data") or []]

    @property
    def caption(self) -> str:
        return self._raw.get("table_caption") or ""

    @property
    def columns(self) -> list[str]:
        return self._data[0] if self._data else []

    @property
    def rows(self) -> list[list[str]]:
        return self._data[1:]


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and the heading over it."""

    label: str
    text: str


@dataclass(frozen=True)
class LabelledRow:
    """A row as it is shown: what its first cell says, and the others."""

    label: str
    cells: list[Cell]


def labelled_rows(grid: Grid) -> list[LabelledRow]:
    return [
        LabelledRow(row[0], [Cell(*pair) for pair in zip_longest(grid.columns[1:], row[1:], fillvalue="")])
        for row in grid.rows
        if row
    ]


class GridBlock(TableBlock):
    """A table with a caption, headings in the first row, and a bounded number of rows."""

    headers = "row"

    def clean(self, value: Any) -> Any:
        fixed = value and {
            **value,
            "table_header_choice": self.headers,
            "first_row_is_table_header": True,
            "first_col_is_header": self.headers == "both",
        }
        cleaned = super().clean(fixed)
        if not self.is_deferred_validation and (errors := list(self.find_errors(Grid(cleaned)))):
            raise ValidationError(errors)
        return cleaned

    def find_errors(self, grid: Grid) -> list[str]:
        """Sentences on what is wrong with it."""
        errors = []
        if not grid.caption:
            errors.append(_("Give the table a caption: it says what the table is about, also to those who hear it."))
        if not grid.rows:
            errors.append(_("The table has no rows below its headings."))
        if len(grid.rows) > MOST_ROWS:
            words = _("Rows below the headings: %(count)d. There may be up to %(most)d: make several tables of it.")
            errors.append(words % {"most": MOST_ROWS, "count": len(grid.rows)})
        if len(grid.columns) > MOST_COLUMNS:
            errors.append(_("A table may have up to %(most)d columns.") % {"most": MOST_COLUMNS})
        named = grid.columns[1:] if self.headers == "both" else grid.columns
        if not all(named):
            errors.append(_("Each column needs a heading in the first row."))
        errors += [
            _("Row %(row)d has %(cells)d cells, and the table has %(columns)d columns.")
            % {"row": number, "cells": len(row), "columns": len(grid.columns)}
            for number, row in enumerate(grid.rows, start=1)
            if len(row) != len(grid.columns)
        ]
        return errors


class ComparisonGridBlock(GridBlock):
    """Its first column names the rows."""

    headers = "both"

    def find_errors(self, grid: Grid) -> list[str]:
        errors = super().find_errors(grid)
        errors += [
            _("Row %(row)d needs a heading in its first cell.") % {"row": number}
            for number, row in enumerate(grid.rows, start=1)
            if not (row and row[0])
        ]
        return errors
