"""Blocks for a procedure: who does what and how long it takes, what to tick off, what to write down."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .features import HANDBOOK_PARAGRAPH, PROCEDURES
from .grids import Grid, GridBlock, LabelledRow, labelled_rows


class TimelineStepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What happens"), max_length=160)
    who = blocks.CharBlock(label=_("Who does it"), max_length=160, required=False)
    time = blocks.CharBlock(label=_("How long it takes"), max_length=80, required=False)
    purpose = blocks.CharBlock(label=_("What it is for"), max_length=250, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=HANDBOOK_PARAGRAPH, required=False)

    class Meta:
        icon = "order"
        label = _("Step")


class TimelineBlock(blocks.StructBlock):
    """A procedure from its first day to its last."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    steps = blocks.ListBlock(TimelineStepBlock(), label=_("Steps"), min_num=1, max_num=30)

    class Meta:
        icon = "history"
        label = _("Step timeline")
        group = PROCEDURES
        description = _("The steps of a procedure: who takes each of them, how long it takes, and what it is for.")
        template = "catalog/blocks/timeline.html"
        preview_value = {
            "title": _("From the idea to the first meeting"),
            "steps": [
                {
                    "title": _("Gather the initiators"),
                    "who": _("you"),
                    "time": _("2–4 weeks"),
                    "purpose": _("so that the application is yours together"),
                },
                {
                    "title": _("Send the application"),
                    "who": _("one of the organisations"),
                    "time": _("one day"),
                    "purpose": _("the date of receipt counts"),
                },
            ],
        }


class ChecklistItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What to tick off"), max_length=250)
    note = blocks.CharBlock(label=_("In small print"), max_length=250, required=False)

    class Meta:
        icon = "tick"
        label = _("Item")


class ChecklistBlock(blocks.StructBlock):
    """Things to tick off: the reader's own browser remembers the ticks, on paper they are empty boxes."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=500, required=False)
    items = blocks.ListBlock(ChecklistItemBlock(), label=_("Items"), min_num=1, max_num=60)

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        group = PROCEDURES
        description = _("Things to tick off, on the screen and on paper. The ticks stay on the reader's own device.")
        template = "catalog/blocks/checklist.html"
        preview_value = {
            "title": _("Before you send the application"),
            "items": [
                {"text": _("All initiators have signed")},
                {"text": _("The purpose fits in one sentence"), "note": _("Read it aloud to a neighbour.")},
            ],
        }


class WorksheetValue(blocks.StructValue):
    @cached_property
    def grid(self) -> Grid:
        return Grid(self.get("table"))

    @property
    def caption(self) -> str:
        return self.grid.caption

    @property
    def columns(self) -> list[str]:
        return self.grid.columns

    @property
    def rows(self) -> list[list[str]]:
        """The rows below the headings; an empty cell is one to write in."""
        return self.grid.rows

    @property
    def labelled_rows(self) -> list[LabelledRow]:
        return labelled_rows(self.grid)


class WorksheetBlock(blocks.StructBlock):
    """A table to fill in: its empty cells are room to write."""

    intro = blocks.TextBlock(label=_("How to fill it in"), max_length=500, required=False)
    table = GridBlock(label=_("Table"), help_text=_("The first row names the columns. Leave a cell empty to write in."))

    class Meta:
        icon = "table"
        label = _("Worksheet")
        group = PROCEDURES
        description = _("A table to print and fill in: leave those cells empty into which a reader writes.")
        template = "catalog/blocks/worksheet.html"
        value_class = WorksheetValue
        form_classname = "struct-block fixed-headers"
        preview_value = {
            "intro": _("Print it, and fill it in together."),
            "table": {
                "data": [
                    [_("Question"), _("Answer"), _("Where to look")],
                    [_("How many initiators are needed?"), "", _("the rules of procedure")],
                    [_("Whom does the problem affect?"), "", _("your neighbours")],
                ],
                "table_caption": _("Before you begin"),
            },
        }

    def get_searchable_content(self, value: Any) -> list[str]:
        return [*super().get_searchable_content(value), value.caption]
