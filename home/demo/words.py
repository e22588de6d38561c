"""The words of a file as values of blocks: links resolved, pictures put in."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Locale, Page

from home.blocks.text import TEXT_FEATURES
from home.bootstrap import home_in
from home.fact_markup import FACT
from home.facts import SENTENCE
from home.models import Fact
from home.rich_text import EVERYWHERE
from home.sections import registry, setup_pages

from .entries import translation_key
from .files import Files

FEATURES = [*TEXT_FEATURES]
"""What rich text of the files may hold; an app adds what its own may hold besides."""
INLINE: list[Callable[["Words", str], str]] = []
"""What apps make of the marks in rich text (`<note key="…"/>`): the form that is stored."""
FACT_SIGN = re.compile(r'<fact key="([^"]+)"(?: format="(\w+)")?\s*/>')
PAGE_LINK = re.compile(r'href="(page:[^"]+)"')


class Words:
    """Makes the values that a StreamField takes, in one language."""

    def __init__(self, files: Files, language: str) -> None:
        self.files, self.language = files, language

    def stream(self, blocks: Iterable[dict[str, Any]]) -> list[tuple[str, Any]]:
        """The blocks of a file as (type, value) pairs."""
        return [(block["type"], self.block(block)) for block in blocks]

    def block(self, block: dict[str, Any]) -> Any:
        return BLOCKS.get(block["type"], Words.plain)(self, block["value"])

    def plain(self, value: Any) -> Any:
        """A value with its links resolved, however deep they stand."""
        if isinstance(value, str):
            return self.markup(value)
        if isinstance(value, list):
            return [self.plain(item) for item in value]
        if isinstance(value, dict):
            resolved = self.link(value) if "link" in value else value
            return {name: self.plain(item) for name, item in resolved.items()}
        return value

    def figure(self, value: dict[str, Any]) -> dict[str, Any]:
        image = self.files.images[value["image"]]
        image.contextual_alt_text = self.files.alt(value["image"], self.language)
        image.decorative = False
        return {"image": image, "caption": value.get("caption", "")}

    def figures(self, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self.figure(value) for value in values]

    def documents(self, keys: list[str]) -> list[Any]:
        return [self.files.documents[key] for key in keys]

    def facts(self, keys: list[str]) -> list[Fact]:
        return [self.fact(key) for key in keys]

    def fact(self, key: str) -> Fact:
        found = Fact.objects.filter(key=key).first()
        if found is None:
            raise LookupError(f"Demo content shows the fact {key}, which doesn't exist.")
        return found

    def fact_sign(self, key: str, form: str) -> str:
        return f'<embed embedtype="{FACT}" format="{form}" id="{self.fact(key).pk}"/>'

    def table(self, value: dict[str, Any]) -> dict[str, Any]:
        return {
            "data": value["rows"],
            "table_caption": value["caption"],
            "first_row_is_table_header": value["header"] in ("row", "both"),
            "first_col_is_header": value["header"] in ("column", "both"),
            "table_header_choice": value["header"],
        }

    def link(self, item: dict[str, Any]) -> dict[str, Any]:
        """A `link = "page:…"` or an address as the fields of a LinkBlock or a CardBlock."""
        rest = {name: value for name, value in item.items() if name != "link"}
        target = item["link"]
        if target.startswith("page:"):
            target, _hash, fragment = target.partition("#")
            place = {"fragment": fragment} if fragment else {}
            return {**rest, **place, "page": self.find(target)}
        return {**rest, "address": target}

    def links(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [self.link(item) for item in items]

    def markup(self, html: str) -> str:
        """Rich text with its `page:` links, its facts, and what apps mark in it, as Wagtail stores them."""
        html = FACT_SIGN.sub(lambda sign: self.fact_sign(sign[1], sign[2] or SENTENCE), html)
        for mark in INLINE:
            html = mark(self, html)
        linked = PAGE_LINK.sub(self._page_link, html)
        return as_edited(linked) if linked.lstrip().startswith("<") else linked

    def _page_link(self, match: re.Match[str]) -> str:
        target, _hash, fragment = match[1].partition("#")
        place = f' fragment="{fragment}"' if fragment else ""
        return f'linktype="page" id="{self.find(target).pk}"{place}'

    def find(self, target: str) -> Page:
        """The page behind "page:app/name", "page:section" or "page:key of a setup page", in this language."""
        app, _slash, name = target.removeprefix("page:").partition("/")
        locale = Locale.objects.get(language_code=self.language)
        if app in setup_pages:
            return setup_pages[app].objects.get(locale=locale)
        if not name:
            return registry[app].objects.child_of(home_in(locale)).get()
        pages = Page.objects.filter(translation_key=translation_key(f"{app}/{name}"))
        found = pages.filter(locale=locale).first() or pages.first()
        if found is None:
            raise LookupError(f"Demo content links to {target}, which doesn't exist.")
        return found


def as_edited(html: str) -> str:
    """Rich text as the editor saves it: whoever approves it unchanged must not be taken for having changed it."""
    converter = ContentstateConverter([*FEATURES, *EVERYWHERE])
    return converter.to_database_format(converter.from_database_format(html))


BLOCKS: dict[str, Callable[[Words, Any], Any]] = {
    "image": Words.figure,
    "gallery": Words.figures,
    "documents": Words.documents,
    "facts": Words.facts,
    "table": Words.table,
}
