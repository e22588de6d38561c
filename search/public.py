"""Pages that visitors may read, whatever an index knows of them."""

from collections.abc import Collection, Iterable
from typing import Any

from wagtail.models import Page


def public_pages(keys: Collection[int], specific: bool = True) -> dict[int, Page]:
    """Those of these pages that are public now; as their own types, a query for each type."""
    if not keys:
        return {}
    pages = public().filter(pk__in=keys)
    return {page.pk: page for page in (pages.specific().defer_streamfields() if specific else pages)}


def public() -> Any:
    """All of them."""
    return Page.objects.live().public().filter(alias_of__isnull=True)


def there_in_too(pages: Iterable[Page], language: str) -> set[int]:
    """Keys of those of these pages, in other languages, that are public in `language` too."""
    theirs = {page.translation_key: page.pk for page in pages}
    if not theirs:
        return set()
    there = public().filter(translation_key__in=theirs, locale__language_code=language)
    return {theirs[key] for key in there.values_list("translation_key", flat=True)}
