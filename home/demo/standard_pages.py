"""The standard pages of the demo: about, contact, privacy, the accessibility declaration."""

from typing import TYPE_CHECKING, Any

from wagtail.models import Locale, Page

from home.models import AccessibilityPage, StandardPage

from .entries import HERE, DemoKind, Entry

if TYPE_CHECKING:
    from .loader import Demo


def model(entry: Entry) -> type[Page]:
    is_declaration = "declaration" in entry.words[Locale.get_default().language_code]
    return AccessibilityPage if is_declaration else StandardPage


def fields(entry: Entry, words: dict[str, Any], demo: "Demo") -> dict[str, Any]:
    names = {field.name for field in AccessibilityPage._meta.get_fields()}
    declaration = words.get("declaration", {})
    return {name: value for name, value in declaration.items() if name in names}


STANDARD_PAGES = DemoKind(HERE / "pages", "home", model, fields)
