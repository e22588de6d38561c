"""The way into a translation from a page's own menus."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button, ListingButton
from wagtail.models import Page

from approval.views.subjects import reading_address
from translation import drafts, originals


def in_listing(page: Page, user: Any, next_url: str | None = None, **_others: Any) -> Iterator[Button]:
    """Hook for the menu of a page in a listing. It asks the database nothing: there are many rows."""
    if page.depth > 1 and page.live and user.has_perm(drafts.PERMISSION):
        yield from _to_translations(page, ListingButton)


def in_header(page: Page, user: Any, **_others: Any) -> Iterator[Button]:
    """Hook for the menu of a page over its editor or its listing."""
    if page.depth < 2 or not user.has_perm(drafts.PERMISSION):
        return
    original = originals.original_of(page.specific)
    if original is not None:
        yield Button(_("To the original"), reading_address(original, user), icon_name="arrow-left", priority=60)
    elif page.live or originals.sent_version(page) is not None:
        yield from _to_translations(page, Button)


def _to_translations(page: Page, button: type[Button]) -> Iterator[Button]:
    """One way for each language: to the translation that is there, or to beginning it."""
    if not originals.is_in_first_language(page):
        return
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        if code != settings.LANGUAGE_CODE:
            words = _("Translation (%(language)s)") % {"language": get_language_info(code)["name_translated"]}
            url = reverse("translation:begin", args=(page.pk, code))
            yield button(words, url, icon_name="wagtail-localize-language", priority=60)
