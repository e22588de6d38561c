"""What can be wrong with one translated piece, in words for whoever sent it."""

from collections import Counter
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.validators import URLValidator, validate_slug
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from editorial.translation.files.sheet import is_control
from editorial.translation.segments import Segment, markup_problem


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
    return {"markup": _markup, "slug": _slug, "address": _address}.get(segment.kind, _nothing)(segment, said)


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


def _markup(segment: Segment, said: str) -> str:
    found = markup_problem(segment.text, said)
    if found:
        return found
    wanted, given = _tags(segment.text), _tags(said)
    missing, surplus = wanted - given, given - wanted
    if missing:
        return _("Missing tags: %s") % " ".join(sorted(missing.elements()))
    if surplus:
        return _("Tags that the original hasn't: %s") % " ".join(sorted(surplus.elements()))
    return ""


def _tags(markup: str) -> Counter[str]:
    tags = BeautifulSoup(markup, "html.parser").find_all(True)
    return Counter(f'<{tag.name} id="{tag["id"]}">' if tag.get("id") else f"<{tag.name}>" for tag in tags)


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
