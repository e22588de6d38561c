"""The street and the map: members, put into houses and onto tiles, ready for a template."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from coalition import facade
from coalition.districts import DISTRICTS, ZONE_NAMES, Zone
from home import locales
from home.places import CITIES

MOST_WINDOWS_ON_A_TILE = 9
ZONE_PREFIX = "zone-"  # of a house's value in the district filter
LIST_ID = "members"  # where the list begins on the page of the coalition


@dataclass(frozen=True)
class StreetHouse:
    """One house of the street. `width` in units of the drawing (1px at 1440); `is_full`: some have no window in it."""

    zone: str
    name: str
    count: int
    width: int
    svg: SafeString
    url: str
    is_full: bool


@dataclass(frozen=True)
class Tile:
    """One square of the district map. `windows` has one entry a member, none above nine."""

    code: str
    numeral: str
    name: str
    label: str
    count: int
    windows: range
    url: str
    row: int
    column: int
    current: bool


def houses(members: Iterable[Any], slots: Mapping[Zone, Mapping[int, UUID]], list_url: str) -> list[StreetHouse]:
    """The five houses with an open window for each of `members` (pages of one language)."""
    by_key = {member.translation_key: member for member in members}
    street = []
    for zone, name in ZONE_NAMES.items():
        windows = [
            facade.Window(
                member.title, member.url, member.window, number, member.title_lang, locales.note(member.hreflang)
            )
            for number, key in slots.get(zone, {}).items()
            if (member := by_key.get(key)) and member.zone == zone
        ]
        label = gettext("%(house)s: list of members") % {"house": name}
        url = f"{list_url}?district={ZONE_PREFIX}{zone}#{LIST_ID}"
        svg = facade.draw_house(zone, windows, url, label)
        house = facade.HOUSES[zone]
        is_full = not all(house.has_room(window.slot) for window in windows)
        street.append(StreetHouse(zone, name, len(windows), house.width, _safe(svg), url, is_full))
    return street


def plot(join_url: str) -> SafeString:
    """The empty plot at the end of the street; without a `join_url` it is only a picture."""
    return _safe(facade.draw_plot(join_url, gettext("Join the coalition") if join_url else ""))


def pane(zone: str | None, kind: Literal["org", "group", "city"] | None) -> SafeString:
    """One window: large in its house's wall where `zone` is given, else small."""
    return _safe(facade.draw_pane(zone, kind))


def tiles(counts: Mapping[str, int], current: str = "") -> list[Tile]:
    """Kraków's districts by number, then Wrocław as one; `counts` says how many members work in each."""
    krakow = [district for district in DISTRICTS.values() if district.city == "krakow"]
    squares = [_tile(d.code, d.numeral, d.name, d.row, d.column, counts, current, d.label) for d in krakow]
    name = CITIES["wroclaw"]
    return [*squares, _tile("wroclaw", "", name, 5, 1, counts, current, name)]


def _tile(
    code: str,
    numeral: str,
    name: str,
    row: int | None,
    column: int | None,
    counts: Mapping[str, int],
    current: str,
    full_name: str,
) -> Tile:
    count = counts.get(code, 0)
    words = ngettext("%(count)d member", "%(count)d members", count) % {"count": count}
    district = gettext("District")
    label = f"{district} {full_name}: {words}" if numeral else f"{name}: {words}"
    return Tile(
        code=code,
        numeral=numeral,
        name=name,
        label=label,
        count=count,
        windows=range(count if count <= MOST_WINDOWS_ON_A_TILE else 0),
        url=f"?district={code}#{LIST_ID}" if count else "",
        row=row or 0,
        column=column or 0,
        current=code == current,
    )


def _safe(svg: str) -> SafeString:
    return mark_safe(svg)
