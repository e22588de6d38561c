"""What stands at the end of a chapter, and where a mark in the text leads to."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from home.blocks.signs import SignBlock
from home.blocks.stream import SafeStreamBlock
from home.blocks.text import SENTENCE_FEATURES

SIGN = r"[a-z0-9-]{1,40}"


class NoteBlock(blocks.StructBlock):
    key = SignBlock(
        SIGN,
        label=_("Sign"),
        error_messages={"invalid": _("Use small letters without accents, digits and hyphens: act-2003.")},
        help_text=_("By which the marks in the text find this note. Readers see a number instead."),
    )
    text = blocks.RichTextBlock(label=_("Text"), features=SENTENCE_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = pgettext_lazy("footnote", "Note")
        description = _("A source or a remark, at the end of the chapter.")


class NotesBlock(SafeStreamBlock):
    note = NoteBlock()

    class Meta:
        label = _("Notes")
        required = False
