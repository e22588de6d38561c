"""What templates need and a page doesn't know: the chrome, the languages, typography."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, override
from wagtail.models import Locale
from wagtail.rich_text import RichText

from home import chrome, locales, text

register = template.Library()


@register.simple_tag
def site_chrome() -> dict[str, Any]:
    """Name, menu, footer, funder in the language of the page (see home.chrome.build)."""
    return chrome.for_language(get_language())


@register.filter
def typography(value: Any) -> SafeString:
    """No-break spaces where the current language wants them, in plain text and in HTML."""
    return mark_safe(text.bind_html(conditional_escape(value), get_language()))


@register.filter
def shortened(value: str, length: int) -> str:
    """The beginning of `value`, cut at a word."""
    return text.shorten(value, length)


@register.filter
def contact(value: Any) -> SafeString:
    """E-mail addresses and telephone numbers in plain text as links; no-break spaces as `typography` sets them."""
    return mark_safe(text.link_contacts(typography(value)))


@register.filter
def contact_cell(value: Any) -> SafeString:
    """A table's cell: a link where it is an e-mail address or a telephone number and nothing else."""
    return mark_safe(text.link_contact(typography(value)))


@register.simple_tag
def language_note(code: str) -> SafeString | str:
    """ " (in Polish)" after the words of a link into language `code`; nothing for no code."""
    if not code:
        return ""
    return format_html('<span class="language-note" lang="{}"> {}</span>', get_language(), locales.note(code))


@register.simple_tag(takes_context=True)
def anchored(context: template.Context, value: RichText) -> SafeString:
    """Rich text with an id on each section heading, unique on the page."""
    markup, _headings = text.anchor_headings(str(value), context.get("taken_anchors") or set())
    return mark_safe(text.bind_html(markup, get_language()))


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """The site's languages for the switcher.

    Each has `code`, `name` (in itself), `url`, `current`, `translated` (is it this very page?), and where it isn't
    `title` (where the link leads) and `gap` (a sentence on what is missing, in that language).
    """
    page, request = context.get("page"), context.get("request")
    current = get_language()
    return [_language(code, page, request, current) for code, _name in settings.LANGUAGES]


def _language(code: str, page: Any, request: Any, current: str) -> dict[str, Any]:
    entry = {
        "code": code,
        "name": get_language_info(code)["name_local"],
        "current": code == current,
        "translated": True,
        "url": "",
        "title": "",
        "gap": "",
    }
    if entry["current"]:
        return entry
    if page is None or not hasattr(page, "published_translations"):
        entry["url"] = translate_url(request.get_full_path(), code) if request else "/"
        if entry["url"] == (request and request.get_full_path()):
            entry["url"] = chrome.for_language(code)["home_url"]
        return entry
    target = _nearest(page, code)
    if target is not None and target.translation_key == page.translation_key:
        return entry | {"url": target.url}
    site = chrome.for_language(code)
    with override(code):
        gap = gettext("This page is in %(language)s only.") % {
            "language": get_language_info(page.language)["name_translated"]
        }
    # A home page is named after the site.
    leads = (target.url, target.title) if target is not None and target.depth > 2 else (site["home_url"], site["name"])
    return entry | {"translated": False, "url": leads[0], "title": leads[1], "gap": gap}


def _nearest(page: Any, code: str) -> Any:
    """This page in language `code`, else the closest page above it that is published there."""
    for translation in page.published_translations:
        if translation.language == code:
            return translation
    locale = Locale.objects.filter(language_code=code).first()
    above = page.get_ancestors().filter(depth__gt=1).reverse() if locale else []
    for ancestor in above:
        translation = ancestor.get_translation_or_none(locale)
        if translation and translation.live:
            return translation
    return None
