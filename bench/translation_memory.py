"""How long a suggestion of the translation memory takes, with 2,000 approved pairs of segments.

The pairs are the demo's own and, up to 2,000, the same with another word at the end; asked are originals of the demo,
each with two words changed. Then the same with paragraphs of some 2,500 signs, each put together from 30 originals.
Read: all pairs from the database, once after something was learnt; what is asked instead, each time somebody's words
are saved, is whether anything was. Processor time, which other programs on the machine don't change.
"""

import statistics
import time
from collections.abc import Callable

import _demo

_demo.set_up()

from django.db import connection  # noqa: E402 - Django is set up first
from django.utils import timezone  # noqa: E402
from wagtail.models import Locale  # noqa: E402
from wagtail_localize.models import String, StringTranslation  # noqa: E402

from translation import memory, suggestions  # noqa: E402
from translation.segments import Segment  # noqa: E402
from translation.suggestions import TranslationMemory  # noqa: E402

PAIRS, ASKED, TIMES, PARTS = 2_000, 200, 5, 30


def main() -> None:
    memory.fill()
    polish, english = Locale.get_default(), Locale.objects.get(language_code="en")
    words = make_up_to(PAIRS, polish, english)
    print(f"{StringTranslation.objects.count()} pairs, {connection.vendor}; median (least to most), milliseconds")
    print_figures("segments", words, polish, english)
    for row in (rows := list(String.objects.all())):
        row.data = " ".join(words[(row.pk + part) % len(words)] for part in range(PARTS))
    String.objects.bulk_update(rows, ["data"])
    StringTranslation.objects.update(updated_at=timezone.now())
    print_figures("paragraphs", [row.data for row in rows], polish, english)


def print_figures(name: str, words: list[str], polish: Locale, english: Locale) -> None:
    read, known_already, found, hits = [], [], [], 0
    asked = [changed(data, number) for number, data in enumerate(words[:: max(1, len(words) // ASKED)][:ASKED])]
    for _time in range(TIMES):
        suggestions._read.cache_clear()
        read.append(milliseconds(lambda: TranslationMemory(polish, english).said_elsewhere("x", None)))
        known_already.append(milliseconds(lambda: TranslationMemory(polish, english).said_elsewhere("x", None)))
        known = TranslationMemory(polish, english)
        for data in asked:
            segment = Segment("body", "body", "markup", "", data)
            found.append(milliseconds(lambda segment=segment, known=known: known.suggestions(segment)))
            hits += bool(known.suggestions(segment))
    print(f"{name} of {statistics.mean(map(len, words)):.0f} signs on average, {max(map(len, words))} at most:")
    print(f"  read all pairs: {figures(read)}; nothing was learnt since: {figures(known_already)}")
    print(f"  suggestions for one: {figures(found)}; 95% below {sorted(found)[int(len(found) * 0.95)]:.2f}")
    print(f"  a suggestion for {hits // TIMES} of {len(asked)} originals with two words changed")


def make_up_to(number: int, polish: Locale, english: Locale) -> list[str]:
    """Rows with other words than those that are there; returns all originals."""
    there = StringTranslation.objects.values_list("translation_of__data", "data")
    pairs = [(f"{data} {turn}", f"{said} {turn}") for turn in range(1, 99) for data, said in dict(there).items()]
    for data, said in pairs[: max(0, number - len(there))]:
        string = String(locale=polish, data=data, data_hash=String._get_data_hash(data))
        String.objects.bulk_create([string])
        row = StringTranslation(translation_of=string, locale=english, data=said, tool_name=memory.APPROVED)
        row.created_at = row.updated_at = timezone.now()
        StringTranslation.objects.bulk_create([row])
    return list(String.objects.order_by("pk").values_list("data", flat=True))


def changed(data: str, number: int) -> str:
    words = data.split(" ")
    for place in (number % len(words), (number * 7 + 3) % len(words)):
        if "<" not in words[place] and ">" not in words[place]:
            words[place] = "inaczej"
    return " ".join(words)


def milliseconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


def figures(times: list[float]) -> str:
    return f"{statistics.median(times):.2f} ({min(times):.2f} to {max(times):.2f})"


if __name__ == "__main__":
    main()
