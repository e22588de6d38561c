"""Rich text as paragraphs, and back: wagtail-localize takes it apart and puts it together."""

import re
from collections.abc import Callable
from html import escape

from bs4 import BeautifulSoup
from wagtail.rich_text import features
from wagtail.rich_text.rewriters import extract_attrs
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

EMBED = re.compile(r'<embed(\b[^>]*\bembedtype="(\w+)"[^>]*)/>')
PAGE_LINK = re.compile(r'(<a linktype="page" id=")(\d+)(")')
SORTED_LINK = re.compile(r'<a( fragment="[^"]*")? id="(\d+)" linktype="(\w+)"')

Links = tuple[str, ...]
"""Where the links of a paragraph lead, in their order: "page 7", an address, or "lang pl" for marked words."""

Say = Callable[[int, str, Links], str]
"""Number of a paragraph, its words, its links → the words that stand there from now on."""


def rewritten(source: str, say: Say, follow: Callable[[int], int]) -> str:
    """`source` with each paragraph as `say` returns it. What nobody changes stays as it was, to the byte."""
    source = PAGE_LINK.sub(lambda link: f"{link[1]}{follow(int(link[2]))}{link[3]}", source)
    template, strings = extract_strings(_marks_as_links(source))
    said = [
        say(index, string.data, _links(string.data, attributes)) for index, (string, attributes) in enumerate(strings)
    ]
    if all(words == string.data for words, (string, _attributes) in zip(said, strings, strict=True)):
        return source
    restored = restore_strings(
        template, [(StringValue(words), attributes) for words, (_s, attributes) in zip(said, strings, strict=True)]
    )
    # The parser sorts attributes. In the editor's order, or saving the form unchanged would count as a change.
    return SORTED_LINK.sub(
        lambda link: f'<a linktype="{link[3]}" id="{link[2]}"{link[1] or ""}', _links_as_marks(restored)
    )


def plain(source: str) -> str:
    """The words of a segment without its tags."""
    return StringValue(source).render_text()


def _links(words: str, attributes: dict[str, dict[str, str]]) -> Links:
    numbers = [str(link.get("id", "")) for link in BeautifulSoup(words, "html.parser").find_all("a")]
    return tuple(_target(attributes.get(number, {})) for number in numbers)


def _target(attributes: dict[str, str]) -> str:
    if attributes.get("embedtype"):
        return " ".join(str(value) for _name, value in sorted(attributes.items()))
    if attributes.get("linktype"):
        return f"{attributes['linktype']} {attributes.get('id') or attributes.get('key')}"
    return attributes.get("href") or f"lang {attributes.get('lang')}"


def _marks_as_links(source: str) -> str:
    """Words marked as being in another language go through translation as a link does: <a id="a1">.

    wagtail-localize takes a <span> for a block, and would cut the sentence there. Goes when it knows better
    (`wagtail_localize.strings.INLINE_TAGS`, 1.14.5). So does what an upper app embeds among words, whose handler has a
    `stand_in` for it: it can be moved, and what a translator makes of these words is dropped.
    """
    source = EMBED.sub(_embed_as_link, source)
    if "<span" not in source:
        return source
    soup = BeautifulSoup(source, "html.parser")
    for mark in soup.find_all("span", lang=True):
        mark.name = "a"
    return str(soup)


def _embed_as_link(embed: re.Match[str]) -> str:
    handler = features.get_embed_types().get(embed[2])
    if not hasattr(handler, "stand_in"):
        return embed[0]
    return f"<a{embed[1].rstrip()}>{escape(handler.stand_in(extract_attrs(embed[1])))}</a>"


def _links_as_marks(source: str) -> str:
    if "lang=" not in source and "embedtype=" not in source:
        return source
    soup = BeautifulSoup(source, "html.parser")
    for link in soup.find_all("a", embedtype=True):
        link.replace_with(soup.new_tag("embed", attrs={name: str(link[name]) for name in sorted(link.attrs)}))
    for link in soup.find_all("a", lang=True):
        if set(link.attrs) == {"lang"}:
            link.name = "span"
    return str(soup)
