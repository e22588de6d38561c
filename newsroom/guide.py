"""Help inside the admin: the guide of docs/, as it stands there."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from wagtail.admin.menu import MenuItem

from approval.text_cleaning import slugify

GUIDES = {"pl": "redakcja.md"}
"""By language; every other reader gets the English one."""

ENGLISH = "newsroom.md"
WAGTAILS = ("whats-new-in-wagtail", "editor-guide")
"""Entries of Wagtail's help menu that lead to English pages on other hosts begin so."""


@dataclass(frozen=True)
class Heading:
    """`level` 2 is who you are, 3 is a task."""

    id: str
    level: int
    title: str


@dataclass(frozen=True)
class Guide:
    title: str
    html: SafeString
    headings: list[Heading]


@cache
def in_language(code: str) -> Guide:
    """The guide for readers of `code`, its headings with ids; read once in the life of a process."""
    text = (Path(settings.BASE_DIR) / "docs" / GUIDES.get(code, ENGLISH)).read_text()
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title, headings = "", []
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            words = "".join(child.content for child in tokens[number + 1].children or ())
            level = int(token.tag[1:])
            if level == 1:
                title = words
                continue
            headings.append(Heading(slugify(words), level, words))
            token.attrSet("id", headings[-1].id)
    # The first heading is the page's own.
    body = tokens[3:] if title else tokens
    return Guide(title, mark_safe(parser.renderer.render(body, parser.options, {})), headings)


def tidy_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hook `construct_help_menu`."""
    items[:] = [item for item in items if not item.name.startswith(WAGTAILS)]
