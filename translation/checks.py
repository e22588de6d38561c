"""What can be wrong with one translated segment, in words for whoever sent it."""

import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.strings import INLINE_TAGS

from translation.segments import Segment

CUT_OFF = re.compile(r"<[a-zA-Z/!?][^>]*$")


def problem_of(original: Any, segment: Segment, said: str) -> str:
    """Why `said` can't stand for `segment` of `original`; "" if it can."""
    strange = next((sign for sign in said if is_control(sign)), None)
    if strange:
        return _("A control character (U+%04X) stands in it, which nobody can read.") % ord(strange)
    if segment.limit and len(said) > segment.limit:
        fits = ngettext(
            "At most %(count)d character fits here.", "At most %(count)d characters fit here.", segment.limit
        ) % {"count": segment.limit}
        return _("%(fits)s There are %(length)d.") % {"fits": fits, "length": len(said)}
    if "\n" in said and _is_one_line(original, segment):
        return _("No line break fits here.")
    return {"markup": markup_problem, "slug": _slug, "address": _address}.get(segment.kind, _nothing)(segment, said)


def is_address_taken(original: Any, page: Any, parent: Page, slug: str) -> bool:
    """Whether another page below `parent` has that slug."""
    return not Page._slug_is_available(slug, parent, page)


def _is_one_line(original: Any, segment: Segment) -> bool:
    """Titles go into the subjects of mails and into addresses."""
    try:
        field = original._meta.get_field(segment.path)
    except FieldDoesNotExist:
        return False
    return isinstance(field, models.CharField)


def markup_problem(segment: Segment, said: str) -> str:
    """What is wrong with the links and emphasis in `said`, beside those of `segment`; "" if nothing is."""
    given = _Tags(said)
    if given.problem:
        return given.problem
    wanted = _Tags(segment.text)
    missing, surplus = wanted.found - given.found, given.found - wanted.found
    if missing:
        return _("Missing tags: %s") % " ".join(sorted(missing.elements()))
    if surplus:
        return _("Tags that the original hasn't: %s") % " ".join(sorted(surplus.elements()))
    if empty := given.empty - wanted.empty:  # Wagtail drops such a link, and the two texts would be built differently
        return _("Tags without words between them: %s") % " ".join(sorted(empty.elements()))
    return ""


class _Tags(HTMLParser):
    """The tags of a paragraph, counted. Strict, where a browser would mend what is broken."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.empty: Counter[str] = Counter()
        self.open: list[tuple[str, str]] = []
        """Name and whole tag, outermost first."""
        self.worded = 0
        """How many of the open ones hold words by now."""
        self.problem = ""
        self.feed(markup)
        self.close()
        if self.open or CUT_OFF.search(markup):
            self._is_broken()

    def _is_broken(self) -> None:
        self.problem = self.problem or _("A tag is open or misspelt. Compare with the original.")

    def _is_strange(self, data: str = "") -> None:
        self.problem = self.problem or _("Only the tags of the original can be used here.")

    handle_comment = handle_decl = handle_pi = unknown_decl = _is_strange  # type: ignore[assignment]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = self._count(tag, attrs)
        if tag != "br":
            self.open.append((tag, named))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = self._count(tag, attrs)
        if tag != "br":
            self.empty[named] += 1

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.worded = len(self.open)

    def _count(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        names = [name for name, _value in attrs]
        if tag not in INLINE_TAGS or names not in ([], ["id"] if tag == "a" else []):
            self._is_strange()
        number = dict(attrs).get("id")
        named = f'<{tag} id="{number}">' if number else f"<{tag}>"
        self.found[named] += 1
        return named

    def handle_endtag(self, tag: str) -> None:
        opened, named = self.open.pop() if self.open else ("", "")
        if opened != tag:
            self._is_broken()
        elif self.worded <= len(self.open):
            self.empty[named] += 1
        self.worded = min(self.worded, len(self.open))


def _slug(_segment: Segment, said: str) -> str:
    try:
        validate_slug(said)
    except ValidationError:
        return _("An address holds small letters without accents, digits and hyphens only.")
    return ""


def _address(segment: Segment, said: str) -> str:
    try:
        URLValidator()(said)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _nothing(_segment: Segment, _said: str) -> str:
    return ""


def is_control(sign: str) -> bool:
    """What XML can't hold, and nobody can read."""
    kind = unicodedata.category(sign)
    return (kind == "Cc" and sign not in "\t\n\r") or kind == "Cs" or sign in "\ufffe\uffff"
