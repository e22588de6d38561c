"""Pages that visitors may read, whatever an index knows of them."""

from collections.abc import Collection

from django.db.models import QuerySet
from wagtail.models import Page


def public_pages(keys: Collection[int], specific: bool = True) -> dict[int, Page]:
    """Those of these pages that are public now; as their own types, a query for each type."""
    if not keys:
        return {}
    pages = public().filter(pk__in=keys)
    return {page.pk: page for page in (pages.specific().defer_streamfields() if specific else pages)}


def public() -> QuerySet[Page]:
    """All of them."""
    return Page.objects.live().public().filter(alias_of__isnull=True)
