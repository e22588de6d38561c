"""How many of 100 seeded faults in the demo's translations the checks notice, and what they say of 100 clean ones.

Segments are drawn at random, the same ones each time (BENCH_SEED=7 draws others). What the checks learn from approved
pairs, they learn without the segment that is looked at. A fault counts as noticed when there is a notice (or, for tags,
the error that stops saving) that the clean segment has not; each notice of a clean segment counts as false.
"""

import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import _demo

_demo.set_up()

from wagtail.models import Locale, Page  # noqa: E402 - Django is set up first

from translation import checks, glossary, memory, originals  # noqa: E402
from translation.notices.base import TranslatedSegment  # noqa: E402
from translation.notices.checks import CHECKS  # noqa: E402
from translation.notices.finder import NoticeFinder  # noqa: E402
from translation.notices.names import Vocabulary, are_same, fold, names_in, words_of  # noqa: E402
from translation.segments import Segment  # noqa: E402
from translation.suggestions import TranslationMemory  # noqa: E402

FAULTS, CLEAN = 100, 100
DICE = random.Random(int(os.environ.get("BENCH_SEED", "1")))  # noqa: S311 - no secret
Unit = TranslatedSegment

# --- Faults: what a tired translator does. Each gives other words, or None where the segment has no such thing ---


def other_number(unit: Unit) -> str | None:
    found = list(re.finditer(r"(?<![\d.,:+])\d+(?:,\d{3})*(?:\.\d+)?(?![\d:])", unit.said))
    if not found or "<a id" in unit.said:
        return None
    match = DICE.choice(found)
    whole = int(re.sub(r"\D", "", match[0])[:8])
    wrong = DICE.choice([str(whole * 10), str(whole + DICE.choice([1, 3, 10])), ""])
    return unit.said[: match.start()] + wrong + unit.said[match.end() :]


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def other_date(unit: Unit) -> str | None:
    found = list(re.finditer(rf"\b(\d{{1,2}}) ({MONTHS})\b", unit.said))
    if not found:
        return None
    match = DICE.choice(found)
    month = DICE.choice([name for name in MONTHS.split("|") if name != match[2]])
    day = int(match[1]) % 28 + 1
    wrong = DICE.choice([f"{day} {match[2]}", f"{match[1]} {month}", match[2]])
    return unit.said[: match.start()] + wrong + unit.said[match.end() :]


def other_time(unit: Unit) -> str | None:
    match = re.search(r"\b(\d{1,2}):(\d\d)\b|\b(\d{1,2})(?= ?[ap]\.?m)", unit.said)
    if not match:
        return None
    wrong = f"{(int(match[1]) + 1) % 24}:{match[2]}" if match[1] else str(int(match[3]) % 12 + 1)
    return unit.said[: match.start()] + wrong + unit.said[match.end() :]


def other_name(unit: Unit) -> str | None:
    """A name that stands in both languages: another one, misspelt near its beginning, or left out."""
    there = words_of(unit.original_words)
    names = [
        name for name in names_in(unit.said) if len(name) > 4 and any(are_same(word, fold(name)) for word in there)
    ]
    names = [
        name for name in names if any(are_same(fold(other), fold(name)) for other in names_in(unit.original_words))
    ]
    if not names or "<" in unit.said:
        return None
    name = DICE.choice(names)
    place = 1 + DICE.randrange(max(1, len(name) // 2 - 1))
    misspelt = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    other = DICE.choice([known for known in ("Kowalski", "Bronowice", "Zakrzówek", "Nowak") if known != name])
    wrong = DICE.choice([other, "", misspelt if name[place] != name[place + 1] else other])
    return re.sub(rf"\b{re.escape(name)}\b", wrong, unit.said)


def other_address(unit: Unit) -> str | None:
    found = list(re.finditer(r"\b[\w.-]+@[\w.-]+\.\w+|\b(?:www\.)?\w+\.(?:pl|eu|org|example)\b", unit.said))
    if found:
        match = DICE.choice(found)
        wrong = DICE.choice([match[0][:-1], match[0].replace(".", "", 1), ""])
        return unit.said[: match.start()] + wrong + unit.said[match.end() :]
    return re.sub(r"</?a[^>]*>", "", unit.said, count=2) if "<a id" in unit.said else None


def other_ending(unit: Unit) -> str | None:
    if unit.said[-1:] not in ".!?:" or unit.said[-3:-1] in ("p.", "a."):
        return unit.said + "." if unit.said[-1:].isalpha() and len(unit.said) > 9 else None
    return unit.said[:-1] + DICE.choice(["", "", {"?": ".", ".": "?", "!": ".", ":": "."}[unit.said[-1]]])


def other_term(unit: Unit) -> str | None:
    """Another word in the place of one that the glossary asks for."""
    for found in glossary.split(unit.original_words, unit.target):
        if found.term and re.search(re.escape(found.term), unit.said, re.IGNORECASE):
            return re.sub(re.escape(found.term), "something else", unit.said, flags=re.IGNORECASE)
    return None


FAULT_KINDS: dict[str, Callable[[Unit], str | None]] = {
    "date": other_date,
    "time": other_time,
    "name": other_name,
    "link or address": other_address,
    "end punctuation": other_ending,
    "glossary": other_term,
    "number": other_number,
}


# --- The demo's pairs, and some with what the demo lacks


BY_HAND = """
Dotacja wynosi 1 250,50 zł na osobę. = The grant is PLN 1,250.50 per person.
Wnioski przyjmujemy do 6 stycznia 2027 r. = Applications are open until 6 January 2027.
Spotykamy się 12 lutego o 17.00. = We meet on 12 February at 5 pm.
Zapisy od 3 do 14 marca 2027 r. = Registration is open from 3 to 14 March 2027.
Warsztaty: 8 i 9 maja, godz. 10.00–15.30. = Workshops: 8 and 9 May, 10 am–3:30 pm.
Budżet: 2,5 mln zł, z tego 300 tys. zł w 2026 roku. = Budget: PLN 2.5 million, of which PLN 300,000 in 2026.
Biuro jest czynne w godz. 9–17, w piątki do 15.30. = The office is open 9 am–5 pm, on Fridays until 3:30 pm.
Trzy osoby z grupy 15 mieszkańców głosowały przeciw. = 3 people from a group of fifteen residents voted against.
W XIX wieku stało tu 12 domów. = In the 19th century twelve houses stood here.
Ostatni dzień: 30 listopada 2026 r., do północy. = Last day: 30 November 2026, until midnight.
Debata odbędzie się 21 października o godz. 18. = The debate takes place on 21 October at 6 pm.
Wkład własny: co najmniej 10% z 12 000 zł. = Own contribution: at least 10% of PLN 12,000.
Sesja trwa od 4 do 6 czerwca. = The session lasts from 4 to 6 June.
Ogłoszenie wyników: 15.12.2026. = Results: 15 December 2026.
"""
"""Original = translation: sums, days and hours, which the demo's running text has few of."""


class Checks:
    """All checks, with what they know of every pair but one."""

    def __init__(self, units: list[Unit]) -> None:
        self.known = Vocabulary.learnt((unit.original_words, unit.words) for unit in units)
        self.checks = [check(self.known) for check in CHECKS]

    def find(self, unit: Unit, clean: Unit) -> set[tuple[str, str]]:
        self.known.count(clean.original_words, clean.words, -1)
        found = {(notice.check, notice.facts) for check in self.checks for notice in check.find(unit)}
        self.known.count(clean.original_words, clean.words)
        if unit.segment.kind == "markup" and checks.markup_problem(unit.segment, unit.said):
            found.add(("tags", ""))
        return found


def demo_units() -> Iterator[Unit]:
    english = Locale.objects.get(language_code="en")
    for page in Page.objects.filter(locale=english, live=True, depth__gt=1).specific():
        original = originals.original_of(page)
        if original is not None:
            yield from (Unit(one, said.text, "pl", "en") for one, said in memory.pairs(original, page))
    for line in BY_HAND.strip().splitlines():
        original_words, _sign, words = line.partition(" = ")
        yield Unit(Segment("lead", "lead", "text", "", original_words), words, "pl", "en")


def said_two_ways(units: list[Unit], count: int) -> int:
    """How many of `count` segments are noticed whose words stand twice on a page, translated in two ways."""
    english = Locale.objects.get(language_code="en")
    page = Page.objects.filter(locale=english, live=True, depth__gt=2).specific().first()
    finder = NoticeFinder(originals.original_of(page), page, TranslationMemory(Locale.get_default(), english))
    noticed = 0
    for unit in DICE.sample(units, count):
        twin = TranslatedSegment(replace(unit.segment, path="twin"), f"{unit.said} too", "pl", "en")
        found = finder.find([(unit.segment, unit.said), (twin.segment, twin.said)])
        noticed += any(notice.check == "two-ways" for notice in found["twin"])
    return noticed


def main() -> None:
    units = list({(unit.segment.text, unit.said): unit for unit in demo_units()}.values())
    known = Checks(units)
    seeded: Counter[str] = Counter()
    noticed: Counter[str] = Counter()
    missed = []
    ways = FAULTS // (len(FAULT_KINDS) + 1)
    pool = DICE.sample(units, len(units))
    for kind in FAULT_KINDS:
        wanted = FAULTS - seeded.total() - ways if kind == "number" else ways  # numbers make up for what was rare
        for unit in pool:
            wrong = FAULT_KINDS[kind](unit) if seeded[kind] < wanted else None
            if wrong is None or wrong == unit.said:
                continue
            seeded[kind] += 1
            faulty = TranslatedSegment(unit.segment, wrong, unit.source, unit.target)
            new = known.find(faulty, unit) - known.find(unit, unit)
            noticed[kind] += bool(new)
            if not new:
                missed.append(f"{kind}: {unit.words[:70]} → {faulty.words[:70]}")
    seeded["two ways"], noticed["two ways"] = ways, said_two_ways(units, ways)
    clean = DICE.sample(units, CLEAN)
    false = [(unit, notice) for unit in clean for notice in known.find(unit, unit)]
    everywhere = sum(len(known.find(unit, unit)) for unit in units)
    print(f"{len(units)} pairs of segments")
    for kind, number in seeded.items():
        print(f"{noticed[kind]:4} of {number:3} noticed: {kind}")
    print(f"recall {noticed.total() / seeded.total():.3f} ({noticed.total()} of {seeded.total()})")
    print(f"false notices in {CLEAN} clean segments: {len(false)}; in all {len(units)}: {everywhere}")
    print(*(f"  missed {line}" for line in missed), sep="\n")
    print(*(f"  false  {check}: {facts} – {unit.words[:60]}" for unit, (check, facts) in false), sep="\n")


if __name__ == "__main__":
    main()
