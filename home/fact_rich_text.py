"""The text editor's button for a fact, and how a fact stands in the editor: as a sign that nobody can write into."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.contentstate_models import Entity, EntityRange
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    FORCE_WHITESPACE,
    KEEP_WHITESPACE,
    add_paragraph_block,
)
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from approval.row_keys import is_key
from home import facts
from home.fact_markup import FACT, format_of

ENTITY = "FACT"
WORDS = {
    "title": _("Choose a fact"),
    "filter": _("Find"),
    "format": _("How it stands here"),
    "formats": facts.FORMATS,
    "said": _("Readers get:"),
    "insert": _("Insert"),
    "cancel": _("Cancel"),
    "loading": _("Loading…"),
    "none": _("There is no approved fact yet."),
    "failed": _("The list could not be loaded. Try again."),
}
"""What its dialog says (static/home/facts.js)."""


class EditedFactHandler:
    """Shows it as a sign with its name, which nobody can write into."""

    def handle_starttag(self, name: str, attrs: Any, state: Any, contentstate: Any) -> None:
        found = dict(attrs)
        if state.current_block is None:
            add_paragraph_block(state, contentstate)
        block = state.current_block
        if state.leading_whitespace == FORCE_WHITESPACE and block.text:
            block.text += " "
        pk, form = found.get("id", ""), format_of(found)
        pk = int(pk) if is_key(pk) else ""
        words = name_in_editor(pk)
        place = EntityRange(contentstate.add_entity(Entity(ENTITY, "IMMUTABLE", {"id": pk, "format": form})))
        place.offset, place.length = len(block.text), len(words)
        block.entity_ranges.append(place)
        block.text += words
        state.leading_whitespace = KEEP_WHITESPACE

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        pass


def name_in_editor(pk: int | str) -> str:
    return facts.shown(pk).label or f"#{pk or '?'}"


def to_embed(props: dict[str, Any]) -> Any:
    """What is stored of it; what stands in the editor are no words of the text."""
    pk = props.get("id")
    if not is_key(str(pk)):
        return None
    return DOM.create_element("embed", {"embedtype": FACT, "format": format_of(props), "id": str(pk)})


RULE = {
    "from_database_format": {'embed[embedtype="fact"]': EditedFactHandler()},
    "to_database_format": {"entity_decorators": {ENTITY: to_embed}},
}


def feature() -> EntityFeature:
    """Its button in the editor; the list to choose from comes when somebody presses it."""
    return EntityFeature(
        {
            "type": ENTITY,
            "icon": "tag",
            "description": _("Fact"),
            "attributes": ["id", "format"],
            "allowlist": {"data-fact": True},
            "choices": reverse_lazy("fact_choices"),
            "words": WORDS,
        },
        js=["home/facts.js"],
    )
