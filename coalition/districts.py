"""The districts of Kraków and the osiedla of Wrocław (home/places.py) as the street and the map show them."""

from dataclasses import dataclass
from enum import StrEnum

from home import places
from home.places import Place


class Zone(StrEnum):
    """A house of the street on the home page, west to east."""

    WROCLAW = "wroclaw"
    SRODMIESCIE = "srodmiescie"
    KROWODRZA = "krowodrza"
    PODGORZE = "podgorze"
    NOWA_HUTA = "nowa-huta"


ZONE_NAMES = {
    Zone.WROCLAW: "Wrocław",
    Zone.SRODMIESCIE: "Śródmieście",
    Zone.KROWODRZA: "Krowodrza",
    Zone.PODGORZE: "Podgórze",
    Zone.NOWA_HUTA: "Nowa Huta",
}


ZONE_NUMERALS = {
    Zone.SRODMIESCIE: "I–III",
    Zone.KROWODRZA: "IV–VII",
    Zone.PODGORZE: "VIII–XIII",
    Zone.NOWA_HUTA: "XIV–XVIII",
}
"""The districts of Kraków behind a house."""


@dataclass(frozen=True)
class District:
    """One district; `number` and the place on the tile map only in Kraków."""

    code: str
    city: str
    name: str
    zone: Zone
    number: int | None = None
    numeral: str = ""
    row: int | None = None
    column: int | None = None

    @property
    def label(self) -> str:
        return places.DISTRICTS[self.code].label

    @property
    def bound_label(self) -> str:
        return places.DISTRICTS[self.code].bound_label


# Row and column of each district of Kraków on the tile map, by its number.
TILES = [(2, 3), (2, 4), (1, 3), (1, 2), (2, 2), (2, 1), (3, 1), (3, 2), (4, 3), (5, 3), (4, 4), (4, 5), (3, 3), (2, 5)]
TILES += [(1, 4), (1, 5), (1, 6), (2, 6)]
LAST_NUMBER = {3: Zone.SRODMIESCIE, 7: Zone.KROWODRZA, 13: Zone.PODGORZE, 18: Zone.NOWA_HUTA}


def _zone(number: int) -> Zone:
    return next(zone for last, zone in LAST_NUMBER.items() if number <= last)


def _district(place: Place) -> District:
    if place.number is None:
        return District(place.key, place.parent, str(place.name), Zone.WROCLAW)
    tile = TILES[place.number - 1]
    return District(place.key, place.parent, str(place.name), _zone(place.number), place.number, place.numeral, *tile)


DISTRICTS: dict[str, District] = {key: _district(place) for key, place in places.DISTRICTS.items()}
"""Code → district, Kraków by number, then Wrocław by name."""
