"""What stands around every page: name, menu, footer, funder, addresses of the sections.

Built once per language and content generation, so a warm page pays no query for it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from home.cache import remembered

SLUGS = {
    "contact_url": ("kontakt", "contact"),
    "privacy_url": ("polityka-prywatnosci", "privacy-policy"),
}
"""Of pages that other texts lead to. They are pages as all the rest, so they are known by the names that setting the
site up gives them, in its languages; where no column of the footer has one, no text leads there."""


def for_language(language: str) -> dict[str, Any]:
    """The chrome in `language`; see `build` for its keys."""
    return remembered(f"chrome:{language}", lambda: build(language))


def build(language: str, previewed: Any = None) -> dict[str, Any]:
    """Names, addresses and links as plain values (no model instances), fit for a cache.

    `previewed`: settings that nobody has published yet, in the place of those that are.
    """
    # By name: the models ask this module for the chrome.
    homes, declarations, site_settings = (
        apps.get_model("home", name) for name in ("HomePage", "AccessibilityPage", "SiteSettings")
    )
    with override(language):
        home = homes.objects.published().filter(locale__language_code=language).first()
        declared = {page.language: page for page in declarations.objects.published().select_related("locale")}
        declaration = declared.get(language)
        legal = declaration or declared.get(settings.LANGUAGE_CODE)
        texts = (previewed or site_settings.for_language(language)).as_texts()
        footer = {link["url"] for column in texts["footer"] for link in column["links"]}
        return {
            **texts,
            **{name: next(_ending(texts["footer"], slugs), "") for name, slugs in SLUGS.items()},
            "language": language,
            "home_url": (home and home.url) or "/",
            "search_url": reverse("search"),
            "address_of_site": settings.SITE_URL,  # before the addresses of links on paper
            # For the law's own `<meta>`, in the site's first language where there is no other.
            "declaration_url": legal.full_url if legal else "",
            # Only where no editor put it into a column of the footer.
            "accessibility_url": declaration.url if declaration and declaration.url not in footer else "",
            "feeds": [feed for section in home.sections for feed in section.feeds] if home else [],
        }


def _ending(columns: list[dict[str, Any]], slugs: tuple[str, ...]) -> Iterator[str]:
    """The addresses in the footer that end with one of these names."""
    for column in columns:
        for link in column["links"]:
            if urlsplit(link["url"]).path.rstrip("/").rpartition("/")[2] in slugs:
                yield link["url"]
