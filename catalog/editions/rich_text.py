"""Rich text as data: paragraphs, headings, lists and runs of words, which PDF and EPUB are both made of.

A run is `{"s": words}`, with `b`, `i`, `lang`, `href` (an address) or `to` (a place in the book) where it has them;
`{"note": [runs]}` is a footnote. Words stay words: what makes a book of them never reads them as markup.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

Node = dict[str, Any]
Run = dict[str, Any]

HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
"""Element → level below the title of the chapter, which is 1."""
BOLD, ITALIC = ("b", "strong"), ("i", "em", "dfn", "cite")
CONTAINERS = ("p", "div", "blockquote", "section", "figure", "aside", "article", "details", "summary")
LISTED = ("dl", "dt", "dd", "header", "footer")
LEFT_OUT = ("script", "style", "template", "button", "svg", "noscript")
SPACE = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Place:
    """Where words stand: how links lead on from there.

    `lead`: an address as it stands in the text → `{"href"}` or `{"to"}`, {} for none. `notes`: the page's footnotes by
    their signs (`catalog.notes`).
    """

    lead: Callable[[str], Run] = lambda address: {"href": address}
    notes: dict[str, list[Run]] = field(default_factory=dict)


@dataclass(frozen=True)
class Style:
    """What is said of the words inside some elements."""

    said: tuple[tuple[str, Any], ...] = ()

    def with_(self, **said: Any) -> "Style":
        return replace(self, said=tuple((dict(self.said) | said).items()))

    def run(self, words: str) -> Run:
        return {"s": words, **dict(self.said)}


def nodes_of(html: str, place: Place) -> list[Node]:
    """Blocks in the order of the text. `html`: as visitors get it, with addresses in its links."""
    return _blocks(BeautifulSoup(html, "html.parser"), place)


def runs_of(html: str, place: Place) -> list[Run]:
    """The words of a sentence, a cell, a caption."""
    return _tidy(_inline(BeautifulSoup(html, "html.parser"), place, Style()))


def words(text: Any) -> list[Run]:
    """Plain words as runs."""
    plain = " ".join(str(text or "").split())
    return [{"s": plain}] if plain else []


def plain_of(runs: list[Run]) -> str:
    return "".join(run.get("s", "") for run in runs)


def _blocks(parent: Tag, place: Place) -> list[Node]:
    found: list[Node] = []
    loose: list[Any] = []

    def close() -> None:
        if runs := _tidy([run for child in loose for run in _inline(child, place, Style())]):
            found.append({"kind": "p", "runs": runs})
        loose.clear()

    for child in parent.children:
        name = child.name if isinstance(child, Tag) else ""
        if not isinstance(child, Tag):
            loose.append(child)
        elif name in HEADINGS:
            close()
            if runs := _tidy(_inline(child, place, Style())):
                found.append({"kind": "h", "level": HEADINGS[name], "runs": runs, "id": child.get("id") or ""})
        elif name in ("ul", "ol"):
            close()
            items = [_blocks(item, place) for item in child.find_all("li", recursive=False) if isinstance(item, Tag)]
            if items := [item for item in items if item]:
                found.append({"kind": "list", "ordered": name == "ol", "items": items})
        elif name == "table":
            close()
            found += _tables(child, place)
        elif name in CONTAINERS or name in LISTED:
            close()
            found += _blocks(child, place)
        elif name == "hr":
            close()
        else:
            loose.append(child)
    close()
    return found


def _tables(table: Tag, place: Place) -> list[Node]:
    rows = [
        [_tidy(_inline(cell, place, Style())) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")
    ]
    if not (rows := [row for row in rows if row]):
        return []
    width = max(map(len, rows))
    filled = [[*row, *([[]] * (width - len(row)))] for row in rows]
    caption = _tidy(_inline(table.caption, place, Style())) if table.caption else []
    facts = {"has_top": table.thead is not None, "has_side": False, "is_blank": False}
    return [{"kind": "table", "rows": filled, "caption": caption, **facts}]


def _inline(element: Any, place: Place, style: Style) -> list[Run]:
    if isinstance(element, NavigableString):
        return [style.run(SPACE.sub(" ", str(element)))] if type(element) is NavigableString else []
    if element.name in LEFT_OUT or element.get("hidden") is not None:
        return []
    if element.name == "br":
        return [style.run("\n")]
    if key := element.get("data-note"):
        return [{"note": place.notes[str(key)]}] if str(key) in place.notes else []
    style = _style(element, place, style)
    return [run for child in element.children for run in _inline(child, place, style)]


def _style(element: Tag, place: Place, style: Style) -> Style:
    if element.name in BOLD:
        style = style.with_(b=True)
    elif element.name in ITALIC:
        style = style.with_(i=True)
    elif element.name == "a" and element.get("href"):
        style = style.with_(**place.lead(str(element["href"])))
    if language := element.get("lang"):
        style = style.with_(lang=str(language))
    return style


def _tidy(runs: list[Run]) -> list[Run]:
    """Without spaces at the ends and around breaks, and with neighbours of one style in one run."""
    joined: list[Run] = []
    for run in runs:
        if "s" not in run:
            joined.append(run)
        elif joined and "s" in joined[-1] and _same_style(joined[-1], run):
            joined[-1] = {**joined[-1], "s": joined[-1]["s"] + run["s"]}
        elif run["s"]:
            joined.append(run)
    before = "\n"
    for run in joined:
        if "s" in run:
            run["s"] = re.sub(r" *\n *", "\n", SPACE_OR_BREAK.sub(lambda m: "\n" if "\n" in m[0] else " ", run["s"]))
            if before in " \n":
                run["s"] = run["s"].lstrip(" \n")
            before = run["s"][-1:] or before
        else:
            before = "x"
    while joined and "s" in joined[-1]:
        joined[-1]["s"] = joined[-1]["s"].rstrip(" \n")
        if joined[-1]["s"]:
            break
        joined.pop()
    return [run for run in joined if run.get("s") or "note" in run]


SPACE_OR_BREAK = re.compile(r"[ \n]+")


def _same_style(one: Run, other: Run) -> bool:
    return {**one, "s": ""} == {**other, "s": ""}
