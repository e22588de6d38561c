"""Which language has which number: asked on every page, so remembered."""

from collections.abc import Iterable

from django.utils.translation import get_language, get_language_info, gettext
from wagtail.models import Locale, Page

from home.cache import remembered


def _codes() -> dict[int, str]:
    return remembered("locales", lambda: dict(Locale.all_objects.values_list("pk", "language_code")))


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
