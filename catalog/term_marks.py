"""Terms of the glossary in running text: what the editor marks, and what readers get of it.

Kept as <a linktype="term" id="3">words</a>, whatever language term 3 is in: readers get the term of their own. It is
never marked by itself: the same word is a term in one sentence and none in the next („wniosek” of an application and
of a discussion), and whoever approves a text has to see what is marked in it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text import LinkHandler

from approval.context_variables import holding
from approval.row_keys import is_key
from catalog.models import GlossaryPage, GlossaryTerm, glossary
from home import locales
from home.cache import remembered

TERM = "term"
"""The editor's feature, and the kind of link as it is kept."""
NO_LINK = "<a>"
"""Plain words: a tag's end is out of reach of the handler."""


def marked(number: int, words: str) -> str:
    """`words` (HTML) as they are kept where they are marked with the term of this number."""
    return f'<a linktype="{TERM}" id="{number}">{words}</a>'


class Marks:
    """The terms that one chapter marks, in their order: the first mark of each leads to its explanation."""

    def __init__(self) -> None:
        self.glossary = glossary.known()
        self.entries: list[glossary.Entry] = []

    def tag(self, number: Any) -> str:
        entry = self.glossary.of_number(number)
        if entry is None or entry in self.entries:
            return NO_LINK
        self.entries.append(entry)
        return format_html('<a class="term" role="doc-glossref" id="{}" href="#{}">', entry.back_anchor, entry.anchor)


_current: ContextVar[Marks | None] = ContextVar("marks", default=None)


@contextmanager
def marked_once() -> Iterator[Marks]:
    """What is rendered meanwhile marks each term once; the terms that it marks are in what this gives."""
    marks = Marks()
    with holding(_current, marks):
        yield marks


def page_address(language: str | None) -> str:
    """The address of the glossary in `language`; "" where it isn't public. No query on a warm site."""

    def find() -> str:
        page = GlossaryPage.objects.published().filter(locale=locales.id_of(language)).first()
        return page.url if page else ""

    return remembered(f"glossary-address:{language}", find)


class TermHandler(LinkHandler):
    """A marked term: in a chapter it leads to its explanation on the page, elsewhere to the glossary."""

    identifier = TERM

    @staticmethod
    def get_model() -> Any:
        return GlossaryTerm

    @staticmethod
    def in_words(attrs: dict[str, str]) -> str:
        """For whoever compares two versions."""
        return gettext("term “%(term)s”") % {"term": name_of(attrs.get("id")) or "?"}

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        marks = _current.get()
        return [marks.tag(attrs.get("id")) if marks else _to_page(attrs.get("id")) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs: dict[str, str]) -> Iterator[tuple[Any, str, str, str]]:
        if is_key(attrs.get("id", "")):
            yield GlossaryTerm, attrs["id"], "", ""


def _to_page(number: Any) -> str:
    entry, address = glossary.known().of_number(number), page_address(get_language())
    return format_html('<a class="term" href="{}#{}">', address, entry.anchor) if entry and address else NO_LINK


# --- In the editor


class EditedTermHandler(LinkElementHandler):
    """A mark in the editor: with its term, as the language of the text has it."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        return {"id": attrs.get("id"), "string": name_of(attrs.get("id"))}


def name_of(number: Any) -> str:
    """The term with this primary key as it is public in the first language, else as its draft calls it."""
    entry = glossary.known(settings.LANGUAGE_CODE).of_number(number)
    if entry is None and is_key(number):
        return GlossaryTerm.objects.filter(pk=number).values_list("term", flat=True).first() or ""
    return entry.term if entry else ""


def kept(props: dict[str, Any]) -> Any:
    """A mark as it is stored; plain words where what was sent can't be the number of a term."""
    number = props.get("id")
    if not is_key(number):
        return props["children"]
    return DOM.create_element("a", {"linktype": TERM, "id": number}, props["children"])


def feature() -> tuple[EntityFeature, dict[str, Any]]:
    """The button of the editor, and how marked words are kept."""
    button = EntityFeature(
        {
            "type": "TERM",
            "icon": "openquote",
            "description": _("Glossary term"),
            "attributes": ["id", "string"],
            "chooserUrls": {"termChooser": reverse_lazy("wagtailsnippetchoosers_catalog_glossaryterm:choose")},
        },
        js=["wagtailadmin/js/chooser-modal.js", "catalog/term_marks.js"],
    )
    rule = {
        "from_database_format": {f'a[linktype="{TERM}"]': EditedTermHandler("TERM")},
        "to_database_format": {"entity_decorators": {"TERM": kept}},
    }
    return button, rule
