"""A line of the comparison, and the names of what the links in it lead to."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.models import Page
from wagtail.rich_text import features as feature_registry


@dataclass(frozen=True)
class Line:
    """One thing to read, with the image that is shown beside the words, and its number, by which it is compared."""

    label: str
    text: str
    picture: Any = field(default=None, compare=False)
    number: int | None = None
    path: str = field(default="", compare=False)
    """Where it stands: “body.” and the ids of the blocks, as comments name places."""


LINK = re.compile(r"\[→ (page|file) (\d+)(#[\w-]+)?\]")


def target(attributes: dict[str, Any]) -> str:
    """Where a link leads, as it stands in a line until its name is known."""
    if attributes.get("linktype") == "page":
        place = f"#{attributes['fragment']}" if attributes.get("fragment") else ""
        return f"page {attributes.get('id')}{place}"  # the name comes later, for all links at once
    if attributes.get("linktype") == "document":
        return f"file {attributes.get('id')}"  # likewise
    # A kind of link that a content app brings says itself what it leads to.
    handler = feature_registry.get_link_types().get(attributes.get("linktype"))
    return handler.in_words(attributes) if hasattr(handler, "in_words") else attributes.get("href", "")


Targets = dict[tuple[str, int], Any]
"""What links lead to: ("page" or "file", number) → the row."""


def targets_in(found: Iterable[Line], pages: dict[int, Page] | None = None) -> Targets:
    """The pages and files that the links in these lines lead to; `pages` that somebody has aren't looked up."""
    known: Targets = {("page", pk): page for pk, page in (pages or {}).items()}
    wanted = {(kind, int(number)) for line in found for kind, number, _place in LINK.findall(line.text)} - known.keys()
    for kind, model in (("page", Page), ("file", get_document_model())):
        if numbers := [pk for of_kind, pk in wanted if of_kind == kind]:
            known |= {(kind, pk): row for pk, row in model.objects.in_bulk(numbers).items()}
    return known


def linked(found: Iterable[Line], targets: Targets) -> list[Line]:
    """The lines with the names of what their links lead to, of that in `targets`."""

    def name(link: re.Match[str]) -> str:
        kind, row = link[1], targets.get((link[1], int(link[2])))
        if kind == "page":
            return f"[→ {named_page(row)}{link[3] or ''}]" if row else "[→ {}]".format(_("a page that is gone"))
        return f"[→ {named_file(row)}]" if row else "[→ {}]".format(_("a file that is gone"))

    return [replace(line, text=LINK.sub(name, line.text)) for line in found]


def named_file(file: AbstractDocument) -> str:
    """Its number tells it from another one of the same name."""
    return f"{file.title} ({file.filename}, #{file.pk})"


def named_page(page: Page) -> str:
    return f"{page.title} ({page.url_path})"
