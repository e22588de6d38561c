"""The sections of the site: each is one listing page type, declared by its own app.

`home` names no content app; an app declares a `Section` on its listing page, and the page tree,
the home page and the settings find it here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Section:
    """What `setup_site` needs to plant a section in each language.

    The texts are lazy translations: a language without them gets those of the first language. `below`: for a page that
    lists nothing and belongs to a section, the key of that one.
    """

    key: str
    order: int
    title: Text
    slug: Text
    lead: Text
    below: str = ""


registry: dict[str, Any] = {}
"""Section key → listing page model."""

setup_pages: dict[str, Any] = {}
"""Key → model of a page that every installation has below a section (`home.models.SetupPage`)."""


def section_models() -> Sequence[Any]:
    """All listing page models, in the order of the main navigation."""
    return sorted(registry.values(), key=lambda model: model.section.order)


def setup_page_models() -> Sequence[Any]:
    """All models of pages that every installation has below its sections, in their order."""
    return sorted(setup_pages.values(), key=lambda model: model.section.order)


def section_choices() -> list[tuple[str, Text]]:
    """(key, title) of every section, for a choice field."""
    return [(model.section.key, model.section.title) for model in section_models()]
