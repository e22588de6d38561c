"""Which language has which number: asked on every page, so kept in each process."""

from collections.abc import Iterable

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import get_language, get_language_info, gettext
from wagtail.models import Locale, Page

KEY = "locales"
MAX_AGE = 300  # seconds; another process learns of a new language at the latest then


def _codes() -> dict[int, str]:
    codes = cache.get(KEY)
    if codes is None:
        codes = dict(Locale.all_objects.values_list("pk", "language_code"))
        cache.set(KEY, codes, MAX_AGE)
    return codes


def forget(**_signal: object) -> None:
    """A language was added, changed or deleted. Fits Django's signals."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))


def code_of(locale_id: int) -> str:
    """The language code of a locale's primary key."""
    return _codes()[locale_id]


def id_of(code: str | None) -> int | None:
    """The primary key of a language code's locale; None where the site doesn't have it."""
    return next((pk for pk, its_code in _codes().items() if its_code == code), None)


def other(code: str) -> str:
    """`code` where it isn't the reader's language, else ""."""
    return "" if code == get_language() else code


def names(pages: Iterable[Page]) -> str:
    """The languages of `pages`, in words and in the reader's language."""
    return ", ".join(str(get_language_info(code_of(page.locale_id))["name_translated"]) for page in pages)


def note(code: str) -> str:
    """What a link into language `code` says of itself: "(in Polish)"; "" for no code.

    Whatever leads into another language says so in words, in the language of the page on which the link stands.
    """
    if not code:
        return ""
    return gettext("(in %(language)s)") % {"language": get_language_info(code)["name_translated"]}
