"""The notes of a chapter: numbers in the order of their first marks, a list at the end, and ways back.

A mark is kept as <a key="act-2003" linktype="note"></a>: without words, so that whatever reads texts and shows none
(contents, search, mails) needs to know nothing of it, and as a link, so that translation keeps it in its sentence.

`wagtail-footnotes` 0.15 was looked at: it keeps notes in rows beside the page, which neither the comparison of versions
nor the translation by segments walks, asks for each of them by itself, and needs an address of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import LinkHandler, RichText

from approval import visitor
from approval.visitor import Leaf
from catalog.blocks.features import NOTE
from catalog.blocks.notes import SIGN
from home.blocks import references

STORED = re.compile(rf'<a key="({SIGN})" linktype="{NOTE}">')
"""A mark as it is kept."""
EXPANDED = re.compile(rf'<a class="note-mark" data-note="({SIGN})"></a>')
"""The same where rich text is expanded, until its number is known."""


def stored(key: str) -> str:
    return f'<a key="{escape(key)}" linktype="{NOTE}"></a>'


class NoteHandler(LinkHandler):
    """Leaves the key for whoever renders the whole body."""

    identifier = NOTE

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [format_html('<a class="note-mark" data-note="{}">', attrs.get("key", "")) for attrs in attrs_list]

    @staticmethod
    def in_words(attrs: dict[str, str]) -> str:
        """For whoever compares two versions."""
        return _("note “%(key)s”") % {"key": attrs.get("key", "")}


@dataclass
class Note:
    """One note as it is shown: `marks` are the fragments of those that lead to it."""

    number: int
    id: str
    text: RichText
    marks: list[str] = field(default_factory=list)


def with_notes(markup: str, notes: StreamValue | None, prefix: str = "") -> SafeString:
    """The rendered body with a number for each mark, and the list of `notes` after it. No query for a single note."""
    known = texts(notes) if notes else {}
    found: dict[str, Note] = {}
    word = pgettext("address", "note")

    def number(match: re.Match[str]) -> str:
        key = match[1]
        if key not in known:
            return ""  # a mark whose note is gone says nothing; whoever sends the chapter is told
        note = found.setdefault(key, Note(len(found) + 1, f"{prefix}{word}-{len(found) + 1}", known[key]))
        note.marks.append(f"{note.id}-{len(note.marks) + 1}")
        return format_html(
            '<sup class="note-mark"><a href="#{}" id="{}" role="doc-noteref" aria-label="{}">{}</a></sup>',
            note.id,
            note.marks[-1],
            _("Note %(number)d") % {"number": note.number},
            note.number,
        )

    numbered = EXPANDED.sub(number, markup)
    if not found:
        return mark_safe(numbered)
    with references.prefetched(notes):
        listed = render_to_string("catalog/notes.html", {"notes": found.values(), "prefix": prefix})
    return mark_safe(numbered + listed)


def texts(notes: StreamValue) -> dict[str, RichText]:
    """What each note says, by its sign. From what is stored: no block has to be read for it."""
    return {
        child["value"].get("key"): RichText(child["value"].get("text") or "")
        for child in reversed(list(notes.raw_data))
        if child["type"] == "note"
    }


def keys_in(body: StreamValue) -> Iterator[str]:
    """The signs of the notes that `body` marks, in reading order."""
    found: list[Leaf] = []
    visitor.visited(body.stream_block, body.get_prep_value(), "", found.append)
    for leaf in found:
        if isinstance(leaf.block, blocks.RichTextBlock):
            yield from STORED.findall(leaf.value or "")


def find_errors(body: StreamValue, notes: StreamValue) -> dict[str, Any]:
    """What is wrong between the marks and the notes, by field."""
    marked = set(keys_in(body))
    written = [note.value["key"] for note in notes]
    errors: dict[str, Any] = {}
    if missing := sorted(marked - set(written)):
        errors["body"] = _("Marks lead to notes that aren't there: %(keys)s. Write them under “Notes”.") % {
            "keys": ", ".join(missing)
        }
    if twice := sorted({key for key in written if key and written.count(key) > 1}):
        errors["notes"] = _("Several notes have the same sign: %(keys)s.") % {"keys": ", ".join(twice)}
    elif unused := [key for key in written if key and key not in marked]:
        errors["notes"] = _("No mark in the text leads to these notes: %(keys)s.") % {"keys": ", ".join(unused)}
    return errors
