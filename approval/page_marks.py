"""Which pages of a list carry a mark: one query, whatever the marks."""

from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from wagtail.models import Page

from approval.models import LedgerEntry, RestrictedDraft
from approval.request_cache import asked_once

UNCONFIRMED = "unconfirmed"
"""Published in an emergency, and nobody independent has answered yet."""
KEPT = "kept"
"""A draft that is kept to named people."""


def has(page: Any, mark: str, request: Any) -> bool:
    return bool(page.pk) and (str(page.pk), mark) in asked_once(request, "marked_pages", _marked)


def _marked() -> set[tuple[str, str]]:
    entries = LedgerEntry.objects.unconfirmed().filter(content_type__app_label=Page._meta.app_label).order_by()
    keys = RestrictedDraft.objects.values("translation_key")
    kept = Page._base_manager.filter(translation_key__in=keys).annotate(object_id=Cast("pk", CharField()))
    rows = [rows.annotate(mark=Value(mark)) for rows, mark in ((entries, UNCONFIRMED), (kept, KEPT))]
    unconfirmed, kept = (each.values_list("object_id", "mark") for each in rows)
    return set(unconfirmed.union(kept))
