"""Which language has which number: asked on every page, so kept by content generation."""

from django.core.cache import cache
from wagtail.models import Locale

from home.cache import MAX_AGE, generation


def code_of(locale_id: int) -> str:
    """The language code of a locale's primary key."""
    key = f"locales:{generation()}"
    codes = cache.get(key)
    if codes is None:
        codes = dict(Locale.all_objects.values_list("pk", "language_code"))
        cache.set(key, codes, MAX_AGE)
    return codes[locale_id]
