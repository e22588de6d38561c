"""How many words differ between two versions of a text, if nothing but words does."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from html import unescape
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import dates, timezone, translation
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from approval import visitor
from approval.diff import stored
from approval.digest import TIMES, content_of
from approval.visitor import Leaf

TAG = re.compile(r"(<[^>]*>)")
KEY = re.compile(r' data-block-key="[^"]*"')
"""By which the editor finds a paragraph again."""


def words_changed(public: Any, text: Any) -> int | None:
    """How many words differ between two versions of a text; None where anything else does.

    Words that are facts (`facts_in_words`), as the street in which something takes place, are no words here. What was
    said about the version before (`about_version`) may be gone: a new one begins without it.
    """
    old, new = content_of(public), content_of(text)
    for name in getattr(text, "about_version", ()):
        said_now, said_then = new.pop(name, None), old.pop(name, None)
        if said_now and said_now != said_then:  # what is told to readers of this version is no small matter
            return None
    other_times = any(_to_come(public, name) != _to_come(text, name) for name in TIMES)
    if set(old) != set(new) or other_times:
        return None
    total = 0
    for name in new:
        if old[name] == new[name] or stored.mean_the_same(text, name, old[name], new[name]):
            continue
        count = _in_field(text, name, old[name], new[name])
        if count is None:
            return None
        total += count
    return total


def _to_come(text: Any, name: str) -> Any:
    """A time that is over says nothing any more."""
    moment = getattr(text, name, None)
    return moment if moment and moment > timezone.now() else None


def _in_field(text: Any, name: str, old: Any, new: Any) -> int | None:
    if name in getattr(text, "facts_in_words", ()):
        return None
    try:
        found = text._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if isinstance(found, StreamField):
        return _in_stream(found.stream_block, old, new)
    if isinstance(found, RichTextField):
        return _in_markup(old, new)
    is_words = isinstance(found, models.CharField | models.TextField) and not isinstance(found, NO_WORDS)
    return _in_words(old, new) if is_words and not found.flatchoices else None


NO_WORDS = (models.SlugField, models.URLField, models.EmailField)


def _in_stream(block: Any, old: Any, new: Any) -> int | None:
    frames, leaves = zip(*(_taken_apart(block, value) for value in (old, new)), strict=True)
    if frames[0] != frames[1]:
        return None
    counts = [_in_leaf(one, other) for one, other in zip(*leaves, strict=True) if one.value != other.value]
    return None if None in counts else sum(count or 0 for count in counts)


def _taken_apart(block: Any, value: Any) -> tuple[Any, list[Leaf]]:
    """What a body is made of without its leaves, and the leaves; what was left out is as if it stood there empty."""
    leaves: list[Leaf] = []

    def take(leaf: Leaf) -> str:
        leaves.append(leaf)
        return leaf.path

    return visitor.visited(block, stored.completed(block, value), "", take), leaves


def _in_leaf(old: Leaf, new: Leaf) -> int | None:
    if isinstance(new.block, blocks.RichTextBlock):
        return _in_markup(old.value, new.value)
    return _in_words(old.value, new.value) if isinstance(new.block, blocks.CharBlock | blocks.TextBlock) else None


def _in_markup(old: str, new: str) -> int | None:
    """Words between tags, which are the same ones: links lead to the same places."""
    before, after = TAG.split(old or ""), TAG.split(new or "")
    if [KEY.sub("", tag) for tag in before[1::2]] != [KEY.sub("", tag) for tag in after[1::2]]:
        return None
    counts = [_in_words(unescape(was), unescape(now)) for was, now in zip(before[::2], after[::2], strict=True)]
    return None if None in counts else sum(count or 0 for count in counts)


def _in_words(old: str, new: str) -> int | None:
    """None where a number, a date or an address changed: that is no typing error."""
    before, after = _words(old), _words(new)
    total = 0
    for kind, start, end, at, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        changed = (*before[start:end], *after[at:until])
        if any(not _is_word(word) for word in changed):
            return None
        total += max(end - start, until - at)
    return total


def _words(text: str) -> list[str]:
    """Whatever looks like a space, or like nothing, ends a word."""
    return "".join(" " if _is_blank(sign) else sign for sign in text or "").split()


def _is_blank(sign: str) -> bool:
    return sign in LOOKS_BLANK or unicodedata.category(sign)[0] in "ZC"


LOOKS_BLANK = "\u2800\u3164\uffa0\u115f\u1160"
"""Signs that Unicode calls letters or symbols, and that nobody sees."""


def _is_word(word: str) -> bool:
    if len(word) > LONGEST_WORD or ADDRESS.search(word) or any(sign.isnumeric() for sign in word):
        return False
    return re.sub(r"\W", "", word).casefold() not in _calendar_words()


LONGEST_WORD = 30
ADDRESS = re.compile(r"@|://|www\.|\w\.\w")


@cache
def _calendar_words() -> frozenset[str]:
    """Months and days of the week, in every form and language of the site."""
    found: set[str] = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            for names in (dates.MONTHS, dates.MONTHS_ALT, dates.MONTHS_3, dates.WEEKDAYS, dates.WEEKDAYS_ABBR):
                found |= {str(name).casefold().strip(".") for name in names.values()}
    return frozenset(found | OTHER_CASES)


OTHER_CASES = frozenset(
    [
        "poniedziałku",
        "poniedziałkiem",
        "wtorku",
        "wtorkiem",
        "środę",
        "środy",
        "środą",
        "czwartku",
        "czwartkiem",
        "piątku",
        "piątkiem",
        "sobotę",
        "soboty",
        "sobotą",
        "niedzielę",
        "niedzieli",
        "niedzielą",
        "styczniu",
        "lutym",
        "marcu",
        "kwietniu",
        "maju",
        "czerwcu",
        "lipcu",
        "sierpniu",
        "wrześniu",
        "październiku",
        "listopadzie",
        "grudniu",
        "dziś",
        "dzisiaj",
        "jutro",
        "pojutrze",
        "wczoraj",
        "today",
        "tomorrow",
        "yesterday",
    ]
)
"""What Django has no form for."""
