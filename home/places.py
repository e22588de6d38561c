"""The places that texts are about: cities with their districts and osiedla, regions, and what has no place.

One taxonomy for all rooms. A key is kept with pages for good and stands in addresses, so it never changes. The places
change once in a decade, by law, so they live in code and not in the CMS.
Sources of the names: the cities’ resolutions on their division (uchwały o podziale na dzielnice i osiedla).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.text import NBSP

# Numeral and name, in the order of the numbers.
KRAKOW = [
    ("I", "Stare Miasto"),
    ("II", "Grzegórzki"),
    ("III", "Prądnik Czerwony"),
    ("IV", "Prądnik Biały"),
    ("V", "Krowodrza"),
    ("VI", "Bronowice"),
    ("VII", "Zwierzyniec"),
    ("VIII", "Dębniki"),
    ("IX", "Łagiewniki-Borek Fałęcki"),
    ("X", "Swoszowice"),
    ("XI", "Podgórze Duchackie"),
    ("XII", "Bieżanów-Prokocim"),
    ("XIII", "Podgórze"),
    ("XIV", "Czyżyny"),
    ("XV", "Mistrzejowice"),
    ("XVI", "Bieńczyce"),
    ("XVII", "Wzgórza Krzesławickie"),
    ("XVIII", "Nowa Huta"),
]
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


@dataclass(frozen=True)
class Place:
    """One place. What is in it is in its `parent` too; `number` and `numeral` are those of a district of Kraków."""

    key: str
    name: str | Promise
    parent: str = ""
    number: int | None = None
    numeral: str = ""

    @property
    def label(self) -> str:
        """The name as people say it: "VIII Dębniki"."""
        return f"{self.numeral} {self.name}".strip()

    @property
    def bound_label(self) -> str:
        """The label with a numeral that never ends a line."""
        return f"{self.numeral}{NBSP}{self.name}" if self.numeral else str(self.name)


CITIES = {"krakow": "Kraków", "wroclaw": "Wrocław"}
# What news chooses from, in the order of the form.
REGIONS: list[tuple[str, str | Promise]] = [
    ("krakow", CITIES["krakow"]),
    ("krakow-metro", _("Kraków Metropolitan Area")),
    ("malopolska-west", _("Western Małopolska")),
    ("tarnow", _("Tarnów region")),
    ("malopolska-south", _("Southern Małopolska")),
    ("wroclaw", CITIES["wroclaw"]),
    ("lower-silesia", _("Lower Silesia")),
    ("national", _("nationwide")),
    ("online", _("online")),
]


def _all() -> Iterator[Place]:
    for key, name in REGIONS:
        yield Place(key, name)
    for number, (numeral, name) in enumerate(KRAKOW, start=1):
        yield Place(f"krakow-{number}", name, "krakow", number, numeral)
    for name in (part.strip().replace("\n", " ") for part in WROCLAW.split(";")):
        yield Place(f"wroclaw-{slugify(name.replace('ł', 'l'))}", name, "wroclaw")


PLACES: dict[str, Place] = {place.key: place for place in _all()}
"""Key → place: regions, Kraków's districts by number, Wrocław's osiedla by name."""

DISTRICTS = {key: place for key, place in PLACES.items() if place.parent}
DISTRICT_CHOICES = [
    (name, [(place.key, place.label) for place in DISTRICTS.values() if place.parent == city])
    for city, name in CITIES.items()
]
"""For a field: the districts and osiedla under the names of their cities."""
CITY_OF = CITIES | {key: CITIES[place.parent] for key, place in DISTRICTS.items()}
"""For a filter: under which heading each city and district stands."""


def filter_labels() -> dict[str, str]:
    """For a filter: each city as a whole, and then its districts."""
    labels = {}
    for city, name in CITIES.items():
        labels[city] = gettext("%(city)s, the whole city") % {"city": name}
        labels |= {key: place.bound_label for key, place in DISTRICTS.items() if place.parent == city}
    return labels


def with_parents(keys: set[str]) -> set[str]:
    """`keys` and every place around them; a key that is no place (any more) stands alone."""
    parents = {PLACES[key].parent for key in keys if key in PLACES}
    return keys | (parents - {""})
