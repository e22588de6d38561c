"""What the page says of itself to machines: canonical address, languages, pictures, schema.org.

Everything names only pages that a visitor can open in the right language.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Site

from home import site_context, text

SHARE_IMAGE_FILTER = "fill-1200x630|format-jpeg"
TITLE_LENGTH = 65  # what search engines and tabs show
DESCRIPTION_LENGTH = 160  # about what a result list shows
# Open Graph wants a country too. A language that is not here goes without.
OG_LOCALES = {"pl": "pl_PL", "en": "en_GB", "uk": "uk_UA"}
# Of static/img/og-default-…png; the others get the last.
SHARE_PICTURES = ("pl", "en")
JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Alternate:
    """One language of a page: for `<link rel="alternate" hreflang href>`."""

    hreflang: str
    href: str


def alternates(page: Any, request: HttpRequest | None = None) -> list[Alternate]:
    """All languages in which `page` is published, itself included; none if there is only one."""
    translations = page.published_translations
    if len(translations) < 2:
        return []
    found = [Alternate(other.language, other.get_full_url(request)) for other in translations]
    default = [a for a in found if a.hreflang == settings.LANGUAGE_CODE]
    return found + [Alternate("x-default", a.href) for a in default]


class Head:
    """The contents of `<head>` that depend on the page."""

    def __init__(
        self,
        page: Any,
        request: HttpRequest,
        *,
        noindex: bool = False,
        query: str = "",
        topic: str = "",
        is_remembered: bool = False,
    ) -> None:
        """`topic` is what a list is narrowed to; `is_remembered`: it is the same for whoever asks for the page."""
        self.page, self.request, self.noindex, self.query, self.topic = page, request, noindex, query, topic
        self.is_remembered = is_remembered

    @property
    def key(self) -> str | None:
        """What it is remembered by, None for "not at all": two sites that begin at one page differ in its addresses."""
        site = Site.find_for_request(self.request)
        return f"{self.page.pk}:{site and site.pk}" if self.is_remembered else None

    @cached_property
    def site(self) -> dict[str, Any]:
        return site_context.for_language(self.page.language)

    @property
    def title(self) -> str:
        """What the browser's tab says: the page, then the site where both fit."""
        title, name = self.page.seo_title or self.page.title, self.site["name"]
        if self.topic:
            title = f"{self.topic} – {title}"
        full = f"{title} – {name}"
        return title if name in title or len(full) > TITLE_LENGTH else full

    @property
    def description(self) -> str:
        words = self.page.search_description or self.page.lead or self.site["tagline"]
        return text.shorten(words, DESCRIPTION_LENGTH)

    @cached_property
    def canonical(self) -> str:
        return f"{self.page.get_full_url(self.request)}{self.query}"

    @cached_property
    def alternates(self) -> list[Alternate]:
        return [] if self.noindex or self.query else alternates(self.page, self.request)

    @property
    def image(self) -> Any:
        return self.page.share_image

    @property
    def image_url(self) -> str:
        return absolute(self.image.url) if self.image else share_picture(self.page.language)

    @property
    def image_width(self) -> int:
        return self.image.width if self.image else 1200

    @property
    def image_height(self) -> int:
        return self.image.height if self.image else 630

    @property
    def image_alt(self) -> str:
        return self.page.share_image_alt if self.image else self.site["name"]

    @property
    def og_type(self) -> str:
        return self.page.og_type

    @cached_property
    def json_ld(self) -> SafeString:
        """One JSON-LD document, safe inside `<script>`."""
        graph = self.page.structured_data(self.request)
        document = {"@context": "https://schema.org", "@graph": graph}
        encoded = json.dumps(document, ensure_ascii=False).translate(JSON_ESCAPES)
        return mark_safe(encoded)


def share_picture(language: str) -> str:
    """The full address of the picture that stands for pages without one of their own."""
    code = language if language in SHARE_PICTURES else SHARE_PICTURES[-1]
    return absolute(static(f"img/og-default-{code}.png"))


def absolute(path: str) -> str:
    """`path` of this site with its scheme and host; a full address stays as it is."""
    return path if "://" in path else f"{settings.SITE_URL}{path}"


def organization(language: str) -> dict[str, Any]:
    """The coalition as schema.org/Organization."""
    site = site_context.for_language(language)
    return {
        "@type": "Organization",
        "@id": f"{settings.SITE_URL}/#organization",
        "name": site["name"],
        "url": absolute(site["home_url"]),
        "logo": absolute(static("img/icon-512.png")),
        "email": site["email"],
        "telephone": site["phone"],
        "sameAs": [link["url"] for link in site["social"]],
    }


def website(language: str) -> dict[str, Any]:
    """The site as schema.org/WebSite, with its search."""
    site = site_context.for_language(language)
    target = f"{absolute(site['search_url'])}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": f"{absolute(site['home_url'])}#website",
        "name": site["name"],
        "url": absolute(site["home_url"]),
        "inLanguage": language,
        "publisher": {"@id": f"{settings.SITE_URL}/#organization"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb_list(page: Any, request: HttpRequest) -> dict[str, Any]:
    """The way from the home page as schema.org/BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": step.title,
                "item": step.get_full_url(request),
            }
            for position, step in enumerate([*page.breadcrumbs, page], start=1)
        ],
    }
