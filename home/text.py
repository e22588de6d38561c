"""Words on the page: no-break spaces, heading anchors, reading time. Pure functions."""

import html
import math
import re
from dataclasses import dataclass

from django.utils.html import strip_tags

from approval.text_cleaning import slugify

JOINER = "\N{WORD JOINER}"
NBSP = "\N{NO-BREAK SPACE}"
WORDS_A_MINUTE = 200  # of running text on a screen, a cautious figure for both languages

TAG = re.compile(r"(<[^>]*>)")
HEADING = re.compile(r"<h2(?P<attributes>[^>]*)>(?P<words>.*?)</h2>", re.DOTALL)
# A one-letter word never ends a Polish line (PWN, Zasady pisowni); twice, for "i w domu".
ONE_LETTER_WORD = re.compile(r"(?<![^\s(„\"«])([aiouwzAIOUWZ]) (?=\S)")
POSTAL_CODE = re.compile(r"\b(\d\d)-(\d{3})\b")
NUMBER_AND_UNIT = re.compile(
    r"(\d) (?=(?:%|zł|EUR|PLN|km|cm|mm|m|kg|min|godz|r\.|osób|osoby|tys|mln|"
    r"minut|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|"
    r"listopada|grudnia|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|a\.m\.|p\.m\.)(?!\w))"
)
# "12 000 00 21", "+48 512 000 000", "12 000": the spaces inside belong to the number.
DIGIT_GROUPS = re.compile(r"(?<![\d-])(?:\d{2,3}(?: \d{2,3}){2,4}|\d{1,3}(?: \d{3})+)(?![\d-])")
COUNTRY_CODE = re.compile(r"(\+\d{1,3}) (?=\d)")
# Without a country code, three groups of three may as well be a sum of money.
AMOUNT = re.compile(r"\d{3}\s\d{3}\s\d{3}")
E_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Nine digits, grouped as a fixed line (12 000 00 21) or a mobile (512 000 000), with any kind of space.
TELEPHONE = re.compile(r"(?<![\d+-])(?:\+48\s)?(?:\d\d\s\d{3}\s\d\d\s\d\d|\d{3}\s\d{3}\s\d{3})(?![\d-]|\s(?:zł|\d))")
ABBREVIATION_AND_WORD = re.compile(r"\b(ul|al|pl|os|ds|nr|art|ust|pkt|godz|str|r|No)\. (?=[\w„])")

OF_A_LANGUAGE = {"pl": ((ONE_LETTER_WORD, rf"\1{NBSP}"), (ABBREVIATION_AND_WORD, rf"\1.{NBSP}"))}
"""What one language wants besides, as (pattern, what it becomes)."""


def bind(text: str, language: str) -> str:
    """Put no-break spaces where `language` ("pl", "en", …) wants them. Plain text in and out."""
    text = POSTAL_CODE.sub(f"\\1{JOINER}-{JOINER}\\2", text)
    for pattern, bound in OF_A_LANGUAGE.get(language, ()):
        text = pattern.sub(bound, text)
    text = DIGIT_GROUPS.sub(lambda match: match[0].replace(" ", NBSP), text)
    text = COUNTRY_CODE.sub(rf"\1{NBSP}", text)
    return NUMBER_AND_UNIT.sub(rf"\1{NBSP}", text)


def bind_html(markup: str, language: str) -> str:
    """`bind` for HTML: words change, tags and their attributes don't."""
    return "".join(part if part.startswith("<") else bind(part, language) for part in TAG.split(markup))


def link_contacts(markup: str) -> str:
    """Escaped text with its e-mail addresses and Polish telephone numbers made links."""
    markup = E_MAIL.sub(lambda match: f'<a href="mailto:{match[0]}">{match[0]}</a>', markup)
    return TELEPHONE.sub(lambda match: f'<a href="tel:{"".join(match[0].split())}">{match[0]}</a>', markup)


def link_contact(markup: str) -> str:
    """`link_contacts` for escaped text that is nothing but one e-mail address or number, else `markup`."""
    whole = markup.strip()
    is_contact = E_MAIL.fullmatch(whole) or (TELEPHONE.fullmatch(whole) and not AMOUNT.fullmatch(whole))
    return link_contacts(markup) if is_contact else markup


@dataclass(frozen=True)
class Heading:
    """A section of a page: `id` is the fragment, unique on the page."""

    id: str
    title: str


def anchor(title: str, taken: set[str], prefix: str = "") -> str:
    """A fragment for `title` that is not in `taken`; adds it there. `prefix`: where several texts share a page."""
    base = prefix + (slugify(title) or "section")
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name)
    return name


def anchor_headings(markup: str, taken: set[str], prefix: str = "") -> tuple[str, list[Heading]]:
    """Give each `<h2>` an id; return the markup and its headings, in order."""
    found: list[Heading] = []

    def add_id(match: re.Match[str]) -> str:
        title = html.unescape(strip_tags(match["words"])).strip()
        found.append(Heading(anchor(title, taken, prefix), title))
        return f'<h2{match["attributes"]} id="{found[-1].id}">{match["words"]}</h2>'

    return HEADING.sub(add_id, markup), found


def reading_minutes(markup: str) -> int:
    """Whole minutes to read the words of `markup`, at least one."""
    return max(1, math.ceil(len(strip_tags(markup).split()) / WORDS_A_MINUTE))


def shorten(text: str, length: int) -> str:
    """`text` cut at a word, with an ellipsis, to at most `length` characters."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(",.;:–- ") + "…"
