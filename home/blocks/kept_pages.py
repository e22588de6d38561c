"""Pages that a body leads to and whoever reads it may not know of: a text keeps them, without their names.

A draft that is kept to named people (`approval/visibility.py`) isn't there for the others. Where somebody else saves a
text that leads to it, its number would be lost; a stand-in holds the place instead. A form sends it back signed: a
number that somebody guesses chooses nothing.
"""

from collections.abc import Iterable
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from approval.reader import reader

_signer = Signer(salt="home.blocks.kept-page")


def in_bulk(rows: QuerySet, numbers: Iterable[Any]) -> dict[Any, Any]:
    """The things of `rows` with these numbers; for a page that is kept from who reads, a stand-in."""
    numbers = set(numbers) - {None}
    found = rows.in_bulk(numbers)
    left = numbers - found.keys()
    if left and reader() is not None and issubclass(rows.model, Page):
        found.update((page.pk, _stand_in(page)) for page in rows.model._base_manager.filter(pk__in=left))
    return found


def _stand_in(page: Page) -> Page:
    """Of `page` nothing but its number and language."""
    own = type(page)(pk=page.pk, locale_id=page.locale_id, title=_("A page that you can’t open"), live=False)
    own.is_stand_in = True
    return own


def is_stand_in(page: Any) -> bool:
    return getattr(page, "is_stand_in", False)


def form_state(page: Page) -> dict[str, Any]:
    """What a chooser shows of the stand-in `page`."""
    return {"id": _signer.sign(str(page.pk)), "parentId": None, "adminTitle": page.title, "editUrl": ""}


def number_sent(value: str) -> int | None:
    """The number of the stand-in that a form sends back as `value`; None where it sends anything else."""
    try:
        return int(_signer.unsign(value))
    except BadSignature:
        return None
