"""The text editor's button for marks that lead to notes, and how a mark stands in the editor (catalog/notes.py)."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity, EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    FORCE_WHITESPACE,
    KEEP_WHITESPACE,
    add_paragraph_block,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from catalog.blocks.features import NOTE
from catalog.blocks.notes import SIGN

ENTITY = "NOTE"


class EditedNoteHandler:
    """Shows it as a sign with its key, which nobody can write into."""

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        key = dict(attrs).get("key") or ""
        if state.current_block is None:
            add_paragraph_block(state, contentstate)
        block = state.current_block
        if state.leading_whitespace == FORCE_WHITESPACE and block.text:
            block.text += " "
        place = EntityRange(contentstate.add_entity(Entity(ENTITY, "IMMUTABLE", {"key": key})))
        words = f"[{key}]"
        place.offset, place.length = len(block.text), len(words)
        block.entity_ranges.append(place)
        block.text += words
        state.leading_whitespace = KEEP_WHITESPACE

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        pass


def kept(props: dict[str, Any]) -> Any:
    """A mark as it is stored; what stands in the editor are no words of the text."""
    key = str(props.get("key") or "")
    return DOM.create_element("a", {"key": key, "linktype": NOTE}) if re.fullmatch(SIGN, key) else None


RULE = {
    "from_database_format": {f'a[linktype="{NOTE}"]': EditedNoteHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: kept}},
}


def feature() -> EntityFeature:
    """The editor's button, with the words of the list that it opens."""
    return EntityFeature(
        {
            "type": ENTITY,
            "icon": "superscript",
            "description": pgettext_lazy("footnote", "Note"),
            "attributes": ["key"],
            "words": {
                "heading": _("Which note belongs here?"),
                "none": _("This chapter has no notes yet. Write one below, under “Notes”, and give it a sign."),
                "insert": _("Set the mark"),
                "cancel": _("Cancel"),
            },
        },
        js=["catalog/note_marks.js"],
    )
