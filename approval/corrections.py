"""A small correction of a public text: a few words and nothing but words, so that one other person is enough.

Its author says that it is one, when sending it. Whether it is, is asked of the text itself: when it is sent, and again
when somebody approves it.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from approval import visitor
from approval.digest import content_of
from approval.visitor import Leaf

MOST_WORDS = 5
"""Words that may differ; a word for another one counts once."""

TAG = re.compile(r"(<[^>]*>)")

_is_meant: ContextVar[bool] = ContextVar("is_small_correction", default=False)


@contextmanager
def meant(is_meant: bool) -> Iterator[None]:
    """What is saved and sent inside is a small correction, says its author."""
    token = _is_meant.set(is_meant)
    try:
        yield
    finally:
        _is_meant.reset(token)


def is_meant() -> bool:
    return _is_meant.get()


def objection(public: Any, text: Any) -> str:
    """Why `text` is no small correction of `public`, what visitors read; "" if it is one."""
    if not public.live:
        return _("Only a text that is public can have a small correction.")
    changed = words_changed(public, text)
    if changed is None:
        return _("More than words changed (a number, link, picture, date or the layout), so it goes the usual way.")
    if changed > MOST_WORDS:
        return ngettext(
            "More than %(count)d word changed, so it goes the usual way.",
            "More than %(count)d words changed, so it goes the usual way.",
            MOST_WORDS,
        ) % {"count": MOST_WORDS}
    return "" if changed else _("No word changed.")


def words_changed(public: Any, text: Any) -> int | None:
    """How many words differ between two versions of a text; None where anything else does."""
    old, new = content_of(public), content_of(text)
    if set(old) != set(new) or any(
        getattr(public, name) != getattr(text, name) for name in DATES if hasattr(text, name)
    ):
        return None
    total = 0
    for name in new:
        if old[name] == new[name]:
            continue
        count = _in_field(text, name, old[name], new[name])
        if count is None:
            return None
        total += count
    return total


DATES = ("go_live_at", "expire_at")


def _in_field(text: Any, name: str, old: Any, new: Any) -> int | None:
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
    """What a body is made of without its leaves, and the leaves."""
    leaves: list[Leaf] = []

    def take(leaf: Leaf) -> str:
        leaves.append(leaf)
        return leaf.path

    return visitor.visited(block, value, "", take), leaves


def _in_leaf(old: Leaf, new: Leaf) -> int | None:
    if isinstance(new.block, blocks.RichTextBlock):
        return _in_markup(old.value, new.value)
    return _in_words(old.value, new.value) if isinstance(new.block, blocks.CharBlock | blocks.TextBlock) else None


def _in_markup(old: str, new: str) -> int | None:
    """Words between tags, which are the same ones: links lead to the same places."""
    before, after = TAG.split(old or ""), TAG.split(new or "")
    if before[1::2] != after[1::2]:
        return None
    counts = [_in_words(*pair) for pair in zip(before[::2], after[::2], strict=True)]
    return None if None in counts else sum(count or 0 for count in counts)


def _in_words(old: str, new: str) -> int | None:
    """None where a number changed: a date or a sum is no typing error."""
    before, after = (old or "").split(), (new or "").split()
    total = 0
    for kind, start, end, at, until in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if any(sign.isdigit() for sign in "".join((*before[start:end], *after[at:until]))):
            return None
        total += max(end - start, until - at)
    return total
