"""What is kept of a text that comes in, and what addresses are made of it. Pure functions; each is idempotent.

Word processors, PDFs and other systems leave signs in what people paste that nobody sees: XML forbids them,
PostgreSQL refuses U+0000, and two texts that look the same differ. What typography needs is kept where somebody
may have meant it (no-break and narrow spaces, soft hyphens, joiners); in one line it is the templates that bind
words (`home.text.bind`), so a space there is a space.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from anyascii import anyascii
from django.utils.text import slugify as ascii_slug
from wagtail.whitelist import check_url

BREAKS = re.compile("[\x0b\x0c\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
"""What starts a new line in other programs: Word's Shift+Enter, a PDF's new page."""
UNWANTED = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, but not tab and the ends of lines
    "\u200b\ufeff"  # spaces without width: a byte order mark, a hint for a line break
    "\u202a-\u202e\u2066-\u2069"  # directions that show a text in another order than it is stored in
    "\ufff9-\ufffc"  # annotations, and the place of a picture in a document
    "\ud800-\udfff"  # halves of a character
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    # these will never be characters
    + "]"
)
LONE_RETURN = re.compile("\r(?!\n)")
TAG = re.compile("(<[^>]*>)")
ADDRESS = re.compile(r"""\s(?:href|src)\s*=\s*["']?([^"'>]*)["']?""", re.IGNORECASE)
SLUG = re.compile("[A-Za-z0-9_-]*")
INVISIBLE = re.compile("[\N{SOFT HYPHEN}\N{WORD JOINER}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}]")
PUNCTUATION = " .,;:!?…„”“\"'‘’«»()-–—"


def clean_text(text: str) -> str:
    """`text` of several lines in NFC, without signs that nobody sees; spaces of every width stay."""
    text = UNWANTED.sub("", BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", LONE_RETURN.sub("\n", text))


def clean_line(text: str) -> str:
    """`text` as one line: as `clean_text`, and white space of any kind and length is one space."""
    return " ".join(clean_text(text).split())


def clean_words(text: str, longest: int | None = None) -> str:
    """What somebody typed beside a text, as a reason or a note: as `clean_text`, without blank ends."""
    return clean_text(text).strip()[:longest]


def clean_markup(markup: str) -> str:
    """`clean_text` for HTML. Tags are left as they are but for characters that HTML doesn't allow.

    Words are brought to NFC apart from tags: a ">" and a stroke (U+0338) make one character, and the tag would be open.
    """
    parts = TAG.split(markup)
    return "".join(_clean_tag(part) if number % 2 else clean_text(part) for number, part in enumerate(parts))


def _clean_tag(tag: str) -> str:
    """An address that was none before, as "java(U+200B)script:", must not become one: its tag loses it."""
    cleaned = UNWANTED.sub("", BREAKS.sub(" ", tag))
    return cleaned if cleaned == tag else ADDRESS.sub(_checked_address, cleaned)


def _checked_address(attribute: re.Match[str]) -> str:
    return attribute[0] if check_url(unescape(attribute[1])) else ""


def for_xml(text: str) -> str:
    """`text` without the characters that XML 1.0 has no place for (section 2.2): for what is stored already."""
    return UNWANTED.sub("", BREAKS.sub(" ", text))


def comparison_key(name: str) -> str:
    """The same for every spelling of a name: small and capital letters, any Unicode form, spaces, punctuation."""
    folded = unicodedata.normalize("NFKC", INVISIBLE.sub("", clean_line(name))).casefold()
    return clean_line(folded).strip(PUNCTUATION)


def typed_slug(typed: str) -> str:
    """What somebody typed as an address, left alone where it can be one."""
    return typed if SLUG.fullmatch(typed) else slugify(typed)


def slugify(text: str) -> str:
    """`text` as an address that can be read out and typed everywhere: „Źródła i ławki” → zrodla-i-lawki.

    Letters of other alphabets are written in Latin ones; of letters that Unicode takes apart the accents go.
    """
    letters = unicodedata.normalize("NFC", text)
    return ascii_slug("".join(anyascii(sign) if sign.isalpha() else sign for sign in letters))


def free_slug(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, with a number where it is in `taken`."""
    taken, slug, number = set(taken), wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug
