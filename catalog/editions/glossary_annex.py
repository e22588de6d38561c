"""The glossary at the end of an edition. Marked words in the chapters lead into it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from catalog.models import glossary
from catalog.term_marks import page_address

from .annexes import Annex, register
from .block_nodes import Book
from .rich_text import Node, Run, words

KEY = "glossary"


def nodes(language: str, book: Book) -> Iterator[Node]:
    known = glossary.known(language)
    items: list[Node] = []
    for entry in known.entries:
        said: list[Node] = [{"kind": "p", "runs": words(entry.definition)}]
        if entry.synonyms:
            said.append({"kind": "p", "runs": words(f"{_('Also')}: {', '.join(entry.synonyms)}")})
        if related := known.related(entry):
            said.append({"kind": "p", "runs": _see_also(related, book)})
        items.append({"title": words(entry.term), "id": f"{book.label}--{entry.anchor}", "nodes": said})
    if items:
        yield {"kind": "entries", "ordered": False, "title": [], "items": items}


def _see_also(related: list[glossary.Entry], book: Book) -> list[Run]:
    runs: list[Run] = [{"s": f"{_('See also')}: "}]
    for number, entry in enumerate(related):
        runs += [{"s": ", "}] if number else []
        runs.append({"s": entry.term, "to": f"{book.label}--{entry.anchor}"})
    return runs


register(Annex(KEY, lambda: _("Glossary"), nodes, lambda language: urlsplit(page_address(language)).path))
