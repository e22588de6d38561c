"""What is public in the site's first language waits for its translators in the others, as a draft to write over."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale


def offer_to_translators(original: Any, words: Iterable[str]) -> None:
    """A draft of the snippet `original` in each language that has none, with its approved `words` (names of fields)."""
    default = Locale.get_default()
    if original.locale_id != default.pk:
        return
    model = type(original)
    known = model.objects.filter(translation_key=original.translation_key).values("locale")
    for locale in Locale.objects.exclude(pk=default.pk).exclude(pk__in=known):
        draft = model(locale=locale, translation_key=original.translation_key, live=False)
        draft.waits_for_words = True  # what is asked of words in its language isn't asked of these
        for name in words:
            setattr(draft, name, getattr(original, name))
        draft.source_version = original.source_version
        draft.save()
        draft.save_revision(clean=False)  # files in its language may still be missing
