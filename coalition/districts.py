"""The 18 districts of Kraków and the 48 osiedla of Wrocław, and where they stand on the map.

Sources: uchwały o podziale na dzielnice i osiedla (../shared/domain.md lists the names). They
change once in a decade, by law, so they live in code and not in the CMS.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.text import slugify

from home.text import NBSP


class Zone(StrEnum):
    """A house of the street on the home page, west to east (../shared/design/DESIGN.md)."""

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
        return f"{self.numeral} {self.name}".strip()

    @property
    def bound_label(self) -> str:
        """The label with a numeral that never ends a line."""
        return f"{self.numeral}{NBSP}{self.name}" if self.numeral else self.name


# number, numeral, name, row and column of the tile
KRAKOW = [
    (1, "I", "Stare Miasto", 2, 3),
    (2, "II", "Grzegórzki", 2, 4),
    (3, "III", "Prądnik Czerwony", 1, 3),
    (4, "IV", "Prądnik Biały", 1, 2),
    (5, "V", "Krowodrza", 2, 2),
    (6, "VI", "Bronowice", 2, 1),
    (7, "VII", "Zwierzyniec", 3, 1),
    (8, "VIII", "Dębniki", 3, 2),
    (9, "IX", "Łagiewniki-Borek Fałęcki", 4, 3),
    (10, "X", "Swoszowice", 5, 3),
    (11, "XI", "Podgórze Duchackie", 4, 4),
    (12, "XII", "Bieżanów-Prokocim", 4, 5),
    (13, "XIII", "Podgórze", 3, 3),
    (14, "XIV", "Czyżyny", 2, 5),
    (15, "XV", "Mistrzejowice", 1, 4),
    (16, "XVI", "Bieńczyce", 1, 5),
    (17, "XVII", "Wzgórza Krzesławickie", 1, 6),
    (18, "XVIII", "Nowa Huta", 2, 6),
]
LAST_NUMBER = {3: Zone.SRODMIESCIE, 7: Zone.KROWODRZA, 13: Zone.PODGORZE, 18: Zone.NOWA_HUTA}

# In the order of the Polish alphabet.
WROCLAW = """
Bieńkowice; Biskupin-Sępolno-Dąbie-Bartoszowice; Borek; Brochów; Gaj; Gajowice;
Gądów-Popowice Południowe; Grabiszyn-Grabiszynek; Huby; Jagodno;
Jerzmanowo-Jarnołtów-Strachowice-Osiniec; Karłowice-Różanka; Klecina; Kleczków; Kowale;
Krzyki-Partynice; Księże; Kuźniki; Leśnica; Lipa Piotrowska; Maślice; Muchobór Mały;
Muchobór Wielki; Nadodrze; Nowy Dwór; Ołbin; Ołtaszyn; Oporów; Osobowice-Rędzin; Pawłowice;
Pilczyce-Kozanów-Popowice Północne; Plac Grunwaldzki; Polanowice-Poświętne-Ligota;
Powstańców Śląskich; Pracze Odrzańskie; Przedmieście Oławskie; Przedmieście Świdnickie;
Psie Pole-Zawidawie; Sołtysowice; Stare Miasto; Strachocin-Swojczyce-Wojnów; Szczepin; Świniary;
Tarnogaj; Widawa; Wojszyce; Zacisze-Zalesie-Szczytniki; Żerniki
"""
CITIES = {"krakow": "Kraków", "wroclaw": "Wrocław"}


def _zone(number: int) -> Zone:
    return next(zone for last, zone in LAST_NUMBER.items() if number <= last)


def _all() -> list[District]:
    krakow = [
        District(f"krakow-{number}", "krakow", name, _zone(number), number, numeral, row, column)
        for number, numeral, name, row, column in KRAKOW
    ]
    wroclaw = [
        District(f"wroclaw-{slugify(name.replace('ł', 'l'))}", "wroclaw", name, Zone.WROCLAW)
        for name in (part.strip().replace("\n", " ") for part in WROCLAW.split(";"))
    ]
    return krakow + wroclaw


DISTRICTS: dict[str, District] = {district.code: district for district in _all()}
"""Code → district, Kraków by number, then Wrocław by name."""

CHOICES = [(city, [(d.code, d.label) for d in DISTRICTS.values() if d.city == code]) for code, city in CITIES.items()]
