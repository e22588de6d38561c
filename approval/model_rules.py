"""What the rules of a model say against a version: the words of `full_clean`, for people."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from approval.digest import BOOKKEEPING


def broken_rules(row: Any) -> Iterator[str]:
    """What `full_clean` says. Rows behind foreign keys were looked up when the version was read (`references`)."""
    known = {field.name for field in row._meta.fields if _is_known(row, field)}
    is_child = any(isinstance(field, ParentalKey) for field in row._meta.fields)
    row.keeps_texts = True
    said: set[str] = set()
    for check in [partial(_clean, row, known), *([] if is_child else [partial(_compare, row)])]:
        try:
            check()
        except ValidationError as error:
            for words in _in_words(row, error):
                if words not in said:  # a form's own question may be the same as that of the database
                    said.add(words)
                    yield words


def _clean(row: Any, known: set[str]) -> None:
    row.full_clean(exclude=known, validate_unique=False, validate_constraints=False)


def _compare(row: Any) -> None:
    """With the other rows. A rule of several fields is passed over where one of them is left out, so none is that
    an author can choose: the language and whatever a foreign key leads to count.
    """
    parents = {field.name for field in row._meta.parents.values() if field}
    row.validate_unique(exclude={*(BOOKKEEPING - COMPARED), *parents, row._meta.pk.name})
    row.validate_constraints()


COMPARED = {"locale"}
"""No content of a version, and part of what tells it from others."""


def _in_words(row: Any, error: ValidationError) -> Iterator[str]:
    for name, messages in error.message_dict.items():
        if name == "slug" and (taken := _taken_address(row)):
            yield taken
        elif name == NON_FIELD_ERRORS:
            yield from map(str, messages)
        else:
            label = capfirst(row._meta.get_field(name).verbose_name)
            yield from (f"{label}: {message}" for message in messages)


def _is_known(row: Any, field: Any) -> bool:
    if field.name in BOOKKEEPING or isinstance(field, ParentalKey):
        return True
    return isinstance(field, models.ForeignKey) and getattr(row, field.attname) is not None


def _taken_address(page: Any) -> str:
    if not isinstance(page, Page):
        return ""
    other = Page.objects.sibling_of(page, inclusive=False).filter(slug=page.slug).first()
    if other is None:
        return ""
    facts = {"slug": page.slug, "title": other.get_admin_display_title()}
    taken = _("The address “%(slug)s” is taken by “%(title)s”. Give this page another one.") % facts
    newest = other.get_latest_revision()
    who = (newest and newest.user) or other.owner
    return " ".join([taken, _("Last change of that page: %(name)s.") % {"name": who.name}]) if who else taken
