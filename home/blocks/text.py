"""Blocks made of words."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock as WagtailTableBlock

SENTENCE_FEATURES = ["bold", "italic", "link", "document-link"]
PARAGRAPH_FEATURES = [*SENTENCE_FEATURES, "ol", "ul"]
TEXT_FEATURES = ["h2", "h3", *PARAGRAPH_FEATURES]

TEXTS = _("Text")


class TextBlock(blocks.RichTextBlock):
    """Running text with headings, lists and links."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = TEXTS
        group = TEXTS
        description = _("Paragraphs, headings, lists, links.")
        template = "blocks/text.html"
        preview_value = _(
            "<h2>Who it is for</h2><p>For people who want to change something in their "
            "neighbourhood and look for allies.</p><ul><li>associations</li>"
            "<li>informal groups</li></ul>"
        )


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), max_length=500)
    author = blocks.CharBlock(label=_("Who said it"), max_length=120, required=False)
    role = blocks.CharBlock(label=_("Who that is"), max_length=160, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXTS
        description = _("Somebody's own words, set large.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("A consultation ends when we have answered, not when we have asked."),
            "author": _("Joanna Wierzba"),
            "role": _("municipal secretary"),
        }


class CallOutBlock(blocks.StructBlock):
    TONES = [
        ("tip", _("Good advice")),
        ("deadline", _("Deadline")),
        ("good", _("Good news")),
        ("warning", _("Warning")),
    ]
    tone = blocks.ChoiceBlock(label=_("What is it?"), choices=TONES, default="tip")
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        group = TEXTS
        description = _("A deadline or a piece of advice that must not be missed.")
        template = "blocks/callout.html"
        preview_value = {
            "tone": "deadline",
            "title": _("Apply by 4 December, 3 p.m."),
            "text": _("<p>We announce the results on 11 December.</p>"),
        }


class FoldBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Question or title"), max_length=160)
    text = blocks.RichTextBlock(label=_("Answer"), features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "help"
        label = _("Fold")


class AccordionBlock(blocks.ListBlock):
    """Questions that open one by one."""

    child: ClassVar[type[blocks.Block]] = FoldBlock

    def __init__(self, **kwargs):
        super().__init__(self.child(), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        group = TEXTS
        description = _("Questions and answers that a reader opens one by one.")
        template = "blocks/accordion.html"
        preview_value = [
            {"title": _("Is it free?"), "text": _("<p>Yes, with lunch and travel.</p>")},
            {"title": _("Can I bring a child?"), "text": _("<p>Yes, there is a child corner.</p>")},
        ]


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What to do"), max_length=160)
    time = blocks.CharBlock(
        label=_("When or how long"),
        max_length=60,
        required=False,
        help_text=_("For example: weeks 1–3"),
    )
    text = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "order"
        label = _("Step")


class StepsBlock(blocks.ListBlock):
    """Things to do in their order."""

    child: ClassVar[type[blocks.Block]] = StepBlock

    def __init__(self, **kwargs):
        super().__init__(self.child(), **kwargs)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        group = TEXTS
        description = _("Numbered steps, each with a title and, if you like, a time.")
        template = "blocks/steps.html"
        preview_value = [
            {
                "title": _("Gather allies"),
                "time": _("weeks 1–3"),
                "text": _("<p>Write to three organisations.</p>"),
            },
            {
                "title": _("Write the purpose in one sentence"),
                "time": _("week 4"),
                "text": _("<p>If it takes two lines, it has two purposes.</p>"),
            },
        ]


# Handsontable 6.2.2, as Wagtail 8 brings it, has words in English alone. Asked for another language it complains.
TABLE_WORDS = {
    "language": "en-US",
    "contextMenu": {
        "items": {
            "row_above": {"name": _("Insert a row above")},
            "row_below": {"name": _("Insert a row below")},
            "col_left": {"name": _("Insert a column to the left")},
            "col_right": {"name": _("Insert a column to the right")},
            "remove_row": {"name": _("Remove the selected rows")},
            "remove_col": {"name": _("Remove the selected columns")},
            "undo": {"name": _("Undo")},
            "redo": {"name": _("Redo")},
        }
    },
}


def is_table(raw: Any) -> bool:
    """Whether `raw` is shaped as the editor sends a table: rows of words or numbers, and a caption."""
    if not isinstance(raw, dict) or not isinstance(raw.get("table_caption") or "", str):
        return False
    rows = raw.get("data") or []
    return isinstance(rows, list) and all(
        isinstance(row, list) and all(cell is None or isinstance(cell, str | int | float) for cell in row)
        for row in rows
    )


class TableBlock(WagtailTableBlock):
    """A table with a caption and header cells, as screen readers need it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("table_options", {"minSpareRows": 0, "startRows": 3, "startCols": 3, **TABLE_WORDS})
        super().__init__(**kwargs)

    def value_from_form(self, value):
        """What no editor sends is asked for again, with the rest of its block (stream.py)."""
        table = super().value_from_form(value)
        if table is not None and not is_table(table):
            raise ValueError("no table")
        return table

    def clean(self, value):
        """Nearly every table names its columns in the first row; Wagtail would refuse one that says nothing of it."""
        if value and not value.get("table_header_choice"):
            value = {**value, "table_header_choice": "row"}
        return super().clean(value)

    class Meta:
        icon = "table"
        label = _("Table")
        group = TEXTS
        description = _("Figures and comparisons. Give it a caption and a header row.")
        template = "blocks/table.html"
        preview_value = {
            "data": [["", "KDO", "RDPP"], ["Members", "organisations", "16 people"]],
            "first_row_is_table_header": True,
            "first_col_is_header": True,
            "table_caption": "KDO, RDPP",
        }
