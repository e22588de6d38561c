"""What stands around every page: name, menu, footer, funder, addresses of the sections.

Built once per language and content generation, so a warm page pays no query for it.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from home.cache import remembered


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
