"""What templates need and a page doesn't know: the chrome, the languages, typography."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.urls import reverse, translate_url
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, gettext, ngettext, override
from wagtail.rich_text import RichText

from home import locales, seo, site_context, text
from home.page_cache import remembered_part
from search.results import Piece

register = template.Library()


@register.simple_tag(takes_context=True)
def get_site_context(context: template.Context) -> dict[str, Any]:
    """Name, menu, footer, funder in the language of the page (see home.site_context.build)."""
    previewed = context.get("previewed_settings")
    return site_context.build(get_language(), previewed) if previewed else site_context.for_language(get_language())


@register.tag("remember")
@register.tag("remember_text")
def remember(parser: Parser, token: Token) -> "RememberNode":
    """Make a part of a page once for all readers (see home.page_cache.remembered_part): name, and what it depends on.

    The latter are what tells parts of one name apart, besides language and content; a None among them, or what isn't
    there, says that this one is made each time. Previews neither read nor fill it. `remember_text` is for texts, of
    which there may be any number: those that were asked for last are remembered.
    """
    tag, *keys = token.split_contents()
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return RememberNode(nodelist, [parser.compile_filter(key) for key in keys], is_of_many=tag == "remember_text")


class RememberNode(template.Node):
    def __init__(self, nodelist: NodeList, keys: list[FilterExpression], *, is_of_many: bool) -> None:
        self.nodelist, self.keys, self.is_of_many = nodelist, keys, is_of_many

    def render(self, context: template.Context) -> SafeString:
        request = context.get("request")
        keys = [key.resolve(context, ignore_failures=True) for key in self.keys]
        if request is None or getattr(request, "is_preview", False) or None in keys:
            return self.nodelist.render(context)
        name = ":".join(map(str, keys))
        return remembered_part(name, lambda: self.nodelist.render(context), is_of_many=self.is_of_many)


@register.filter
def typography(value: Any) -> SafeString:
    """No-break spaces where the current language wants them, in plain text and in HTML."""
    return mark_safe(text.bind_html(conditional_escape(value), get_language()))


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A text that was searched, its hits in `<mark>`; no-break spaces as `typography` sets them."""
    begin, end = "\ue000", "\ue001"  # for private use: no text holds them, and spaces beside them are bound as ever
    texts = [(piece.text.replace(begin, "").replace(end, ""), piece.is_hit) for piece in pieces]
    whole = typography("".join(f"{begin}{text}{end}" if is_hit else text for text, is_hit in texts))
    return mark_safe(whole.replace(begin, "<mark>").replace(end, "</mark>"))


@register.filter
def shortened(value: str, length: int) -> str:
    """The beginning of `value`, cut at a word."""
    return text.shorten(value, length)


@register.filter
def duration(minutes: int) -> str:
    """How long something takes, with hours from sixty minutes on; its words stay in one line."""
    hours, rest = divmod(minutes, 60)
    values = {"hours": hours, "minutes": rest}
    if not hours:
        said = gettext("%(minutes)d min") % values
    elif rest:
        said = gettext("%(hours)d hr %(minutes)d min") % values
    else:
        said = gettext("%(hours)d hr") % values
    return said.replace(" ", text.NBSP)


@register.filter
def og_locale(language: str) -> str:
    """ "pl_PL" for "pl", as Open Graph wants it; "" where we don't know the country."""
    return seo.OG_LOCALES.get(language, "")


@register.filter
def share_picture(language: str) -> str:
    """The full address of the picture that is shared with pages without one of their own."""
    return seo.share_picture(language)


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
    markup, _headings = text.anchor_headings(str(value), *_fragments(context, "taken_anchors"))
    return mark_safe(text.bind_html(markup, get_language()))


@register.simple_tag(takes_context=True)
def anchor(context: template.Context, title: Any) -> str:
    """A fragment for a block, a fold or a step called `title`: unique on the page, and no heading's."""
    return text.anchor(str(title), *_fragments(context, "block_anchors"))


def _fragments(context: template.Context, name: str) -> tuple[set[str], str]:
    """Those that the body has given already, and what all of them begin with."""
    taken = context.get(name)
    return taken if isinstance(taken, set) else set(), str(context.get("anchor_prefix") or "")


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """The site's languages for the switcher.

    Each has `code`, `name` (in itself), `url`, `current`, `offer` (is it this very page, in other words?), and `gap`: a
    sentence in that language on what is missing there, "" where nothing is.
    """
    # `missing` is the page that a reader looked for in vain (home.views.not_translated).
    page, current = context.get("page") or context.get("missing"), get_language()
    codes = [code for code, _name in settings.LANGUAGES]
    # A preview before the first save shows a page that has no number yet, so no address says that it isn't translated.
    if page is not None and hasattr(page, "published_translations") and page.pk:
        return [_of_page(code, current, page) for code in codes]
    path = "" if context.get("lost") else _path(context.get("request"))
    return [_of_address(code, current, path) for code in codes]


def _entry(code: str, current: str, **more: Any) -> dict[str, Any]:
    name = get_language_info(code)["name_local"]
    return {"code": code, "name": name, "current": code == current, "url": "", "offer": False, "gap": ""} | more


def _of_page(code: str, current: str, page: Any) -> dict[str, Any]:
    if code == current:
        return _entry(code, current)
    there = page.published_in(code)
    if there is not None:
        return _entry(code, current, url=there.url, offer=True)
    versions = page.published_translations or [page]  # a draft that nobody but its preview shows
    with override(code):
        gap = ngettext(
            "This page is in %(languages)s only.",
            "This page is in these languages only: %(languages)s.",
            len(versions),
        ) % {"languages": locales.names(versions)}
        return _entry(code, current, url=reverse("not_translated", args=[versions[0].pk]), gap=gap)


def _of_address(code: str, current: str, path: str) -> dict[str, Any]:
    """`path` in language `code`, without its query, as that holds words of the other language; else the home page."""
    translated = translate_url(path, code) if path else ""
    leads = translated if translated != path else site_context.for_language(code)["home_url"]
    return _entry(code, current, url="" if code == current else leads)


def _path(request: Any) -> str:
    """The path of a view that answers in every language; "" where there is none, or where it is a page's."""
    match = request and request.resolver_match
    return request.path if match and match.url_name != "wagtail_serve" else ""
