"""What the filters of the search are called on this site, and their values."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from home import places, sections
from home.models.item_page import PLACE
from home.models.searched import OF_NO_SECTION
from search import labels

DISTRICTS = {
    key: {"krakow": _("Districts of Kraków"), "wroclaw": _("Districts of Wrocław")}[place.parent]
    for key, place in places.DISTRICTS.items()
}
"""The heading of each."""


def _kinds() -> dict[str, Any]:
    return {model.section.key: model.section.title for model in sections.section_models()} | {
        OF_NO_SECTION: _("Pages about us")
    }


def _places() -> Mapping[str, Any]:
    """Cities with their districts, then the regions that news name."""
    return places.filter_labels() | {key: name for key, name in places.REGIONS if key not in places.CITIES}


def register() -> None:
    """Called once, when the app is ready."""
    labels.register(labels.Taxonomy("kind", _("Section"), _kinds))
    labels.register(labels.Taxonomy(PLACE, _("District or city"), _places, DISTRICTS))
    labels.register(labels.Taxonomy("year", _("Year"), dict))
