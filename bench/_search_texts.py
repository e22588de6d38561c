"""Texts of any number of pages, of real words as often as they are written: for bench/search_growth.py."""

import datetime
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT.parent / "shared" / "search-cases.json"
WORD = re.compile(r"[^\W\d_]{1,30}")
POLISH = re.compile(r"[ąćęłńóśźż]", re.IGNORECASE)
BY_CHANCE = 0.3
"""Of the words of a text: any of the vocabulary, so that the rare ones aren't all the same few."""


@dataclass
class Vocabulary:
    words: list[str]
    weights: list[float]

    def some(self, chance: random.Random, count: int) -> list[str]:
        rare = round(count * BY_CHANCE)
        found = chance.choices(self.words, cum_weights=self.weights, k=count - rare) + chance.choices(
            self.words, k=rare
        )
        chance.shuffle(found)
        return found


@cache
def vocabulary(language: str) -> Vocabulary:
    """Of the cases, and of all that this site says in words: demo, messages, documentation."""
    counts = Counter(
        word.lower()
        for line in _lines()
        if bool(POLISH.search(line)) is (language == "pl")
        for word in WORD.findall(line)
    )
    words = sorted(counts, key=lambda word: (-counts[word], word))
    return Vocabulary(words, list(accumulate(counts[word] for word in words)))


def _lines() -> Iterator[str]:
    for path in [*ROOT.glob("*/demo_content/*.toml"), *ROOT.glob("docs/*.md")]:
        yield from path.read_text().splitlines()
    yield from re.findall(
        r'(?m)^(?:msgid |msgstr(?:\[\d\])? )?"(.*)"$', (ROOT / "locale/pl/LC_MESSAGES/django.po").read_text()
    )
    if CASES.exists():
        for one in json.loads(CASES.read_text())["documents"]:
            yield " ".join(map(str, one.values()))


@dataclass
class Text:
    """What a page says. `kind`: the kind of its label."""

    language: str
    title: str
    lead: str
    subjects: list[str]
    paragraphs: list[str]
    kind: str
    place: str
    date: datetime.date
    coming: bool


def texts(count: int, seed: int = 1) -> Iterator[Text]:
    """Two in three are Polish."""
    known = {language: vocabulary(language) for language in ("pl", "en")}
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")  # noqa: S311 - the same at every run
        language = "pl" if number % 3 else "en"
        words = known[language]

        def say(least: int, most: int, words: Vocabulary = words, chance: random.Random = chance) -> str:
            return " ".join(words.some(chance, chance.randint(least, most))).capitalize()

        yield Text(
            language=language,
            title=say(3, 8),
            lead=say(10, 25),
            subjects=[say(1, 5) for _ in range(chance.randint(2, 6))],
            paragraphs=[say(30, 90) + "." for _ in range(chance.randint(2, 8))],
            kind=chance.choice(["news"] * 5 + ["event"] * 3 + ["member", "catalog", "page"]),
            place=f"miejsce-{chance.randint(1, 40)}",
            date=datetime.date(2027, 1, 1) - datetime.timedelta(days=int(chance.random() ** 2 * 3650)),
            coming=number % 100 == 0,
        )


TWISTS = str.maketrans("ąćęłńóśźż", "acelnoszz")


def queries(count: int, language: str = "pl", seed: int = 2) -> list[str]:
    """One to three words, half of them by how often they are written; a third without diacritics, some mistyped."""
    chance = random.Random(seed)  # noqa: S311
    words = vocabulary(language)
    found = []
    for _number in range(count):
        wanted = words.some(chance, chance.choice([1, 1, 2, 2, 3]))
        if chance.random() < 0.05:
            word = wanted[0]
            place = chance.randrange(len(word))
            wanted[0] = word[:place] + chance.choice("aeiosz") + word[place + 1 :]
        text = " ".join(wanted)
        found.append(text.translate(TWISTS) if chance.random() < 0.33 else text)
    return found
