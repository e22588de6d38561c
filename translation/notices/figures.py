"""Numbers, dates and times in running text, in a form in which two languages can be compared.

A language that isn't in `WRITING` (writing.py) goes without these checks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from translation.notices.base import TranslatedSegment
from translation.notices.writing import ROMAN, SPACE, WRITING, Writing

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b\w[\w.-]*\.(?:pl|org|eu|com|net|example)\b\S*")
PHONE = re.compile(r"(?<![\d,.])(?:\+\d\d[ -]?)?\d{2,3}(?:[ -]\d{2,3}){2,}(?!\d)")
DASH = "[-\N{EN DASH}\N{EM DASH}]"


@dataclass
class Figures:
    """What a text counts, without what is said twice. Times in minutes of the day, dates as (day, month)."""

    numbers: set[Decimal] = field(default_factory=set)
    dates: set[tuple[int, int]] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)
    """Months, or words of another meaning: they answer a question and ask none."""
    times: set[int] = field(default_factory=set)
    words: set[int] = field(default_factory=set)
    """Numbers that stand in letters or in Roman signs."""


WITH_A_POINT = re.compile(r"(?<![\d.,:])(?:[0-2]?\d|3[01])\.[0-5]\d(?![\d%]|[.,:]\d)")
"""An hour or a day in one language, and a price in the other: where it was left as it stands, it is the same."""


def to_compare(unit: TranslatedSegment) -> tuple[Figures, Figures] | None:
    """The figures of the original and of the translation; None where there is nothing to compare.

    So it is where the text is the same in both languages, on purpose or not yet: its figures are the original's, and
    would only be read by the rules of another language.
    """
    theirs, mine = unit.original_words, unit.words
    if theirs == mine or not {unit.source, unit.target} <= WRITING.keys():
        return None
    same = set(WITH_A_POINT.findall(theirs)) & set(WITH_A_POINT.findall(mine))
    theirs, mine = (WITH_A_POINT.sub(lambda it: " ; " if it[0] in same else it[0], text) for text in (theirs, mine))
    return figures_of(theirs, unit.source), figures_of(mine, unit.target)


def figures_of(text: str, language: str) -> Figures:
    writing, found = WRITING[language], Figures()
    left = ADDRESS.sub(" ; ", text)
    for take in (_dates, _times, _phones, _numbers):
        left = take(left, language, writing, found)
    for pattern, value in writing.number_words.items():
        if re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            found.words.add(value)
    found.words |= {ROMAN[sign] for sign in re.findall(r"\b[IVX]+\b", text) if sign in ROMAN}
    return found


# --- Dates

DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DAYS = rf"{DAY}(?:\s*(?:{DASH}|,|i|and|oraz|do|to|or|lub|albo)\s*(?:the\s+)?{DAY})*"
NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)\b")
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")


def _dates(text: str, language: str, writing: Writing, found: Figures) -> str:
    def numeric(day: str, month: str, year: str, whole: str) -> str:
        if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
            return whole
        found.dates.add((int(day), int(month)))
        return f" ; {year} ; "

    text = NUMERIC.sub(lambda match: numeric(match[1], match[2], match[3], match[0]), text)
    text = ISO.sub(lambda match: numeric(match[3], match[2], match[1], match[0]), text)
    flags = re.IGNORECASE if language == "pl" else re.NOFLAG
    for number, name in enumerate(writing.months, 1):

        def note(match: re.Match[str], number: int = number) -> str:
            days = [int(day) for day in re.findall(r"\d+", match["before"] or match["after"] or "")]
            if days and max(days) <= 31:
                found.dates |= {(day, number) for day in days}
            elif number not in writing.unsure_months or re.search(r"(?:19|20)\d\d", match.string[match.end() :][:6]):
                found.months.add(number)
            else:
                found.perhaps.add(number)
            return " ; "

        after = rf"(?:\s+(?:the\s+)?(?P<after>{DAYS})(?!\d))?" if language == "en" else "(?P<after>(?!))?"
        pattern = rf"(?:(?<![\d.,:])(?P<before>{DAYS})\.?\s+(?:of\s+)?)?\b(?:{name})\b\.?{after}"
        text = re.sub(pattern, note, text, flags=flags)
    return text


# --- Times


def _times(text: str, language: str, writing: Writing, found: Figures) -> str:
    if language == "en":
        return _english_times(text, found)
    return _polish_times(text, found)


CLOCK = r"([01]?\d|2[0-4])[.:]([0-5]\d)"
HALVES = re.compile(
    rf"(?<![\d.,:])(?:(?P<first>\d{{1,2}}(?:[.:][0-5]\d)?)\s*(?:{DASH}|to|and|until)\s*)?"
    r"(?P<hour>\d{1,2})(?:[.:](?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b\.?",
    re.IGNORECASE,
)


def _english_times(text: str, found: Figures) -> str:
    def minutes(hour: int, minute: int, half: str) -> int:
        return (hour % 12 + (12 if half.lower() == "p" else 0)) * 60 + minute

    def note(match: re.Match[str]) -> str:
        end = minutes(int(match["hour"]), int(match["minute"] or 0), match["half"])
        found.times.add(end)
        if match["first"]:
            hour, _sign, minute = match["first"].replace(":", ".").partition(".")
            start = minutes(int(hour), int(minute or 0), match["half"])
            found.times.add(start if start <= end else start - 12 * 60)
        return " ; "

    text = HALVES.sub(note, text)
    for pattern, value in ((r"\b(?:noon|midday)\b", 720), (r"\bmidnight\b", 0)):
        if re.search(pattern, text, re.IGNORECASE):
            found.times.add(value)
    return re.sub(rf"(?<![\d.,:]){CLOCK}(?![\d%]|[.,:]\d)", lambda match: _clock(match, found, ":"), text)


def _clock(match: re.Match[str], found: Figures, needed: str) -> str:
    """A time such as 17:00; with a point it is one where `needed` says so."""
    if needed and needed not in match[0]:
        return match[0]
    found.times.add(int(match[1]) % 24 * 60 + int(match[2]))
    return " ; "


HOURS = re.compile(
    rf"\b(?:godz\.|godzin(?:a|y|ie|ę|ach|ami)?|o|po|przed)\s+(\d{{1,2}})(?:\s*{DASH}\s*(\d{{1,2}}))?"
    r"(?![\d%]|[.,:]\d|\s+(?:osob|zł|min|dni|mies|tyg|m²|proc|razy|stron|lat|godzin)|\s\d{3})"
)


def _polish_times(text: str, found: Figures) -> str:
    text = re.sub(rf"(?<![\d.,:]){CLOCK}(?![\d%]|[.,:]\d)", lambda match: _clock(match, found, ""), text)

    def note(match: re.Match[str]) -> str:
        hours = [int(hour) for hour in match.groups() if hour]
        if not match[0].startswith("godz") or max(hours) > 24:
            return match[0]
        found.times |= {hour % 24 * 60 for hour in hours}
        return " ; "

    text = HOURS.sub(note, text)
    if re.search(r"\bw południe\b", text, re.IGNORECASE):
        found.times.add(720)
    if re.search(r"\bo północy\b", text, re.IGNORECASE):
        found.times.add(0)
    return text


# --- Numbers


def _phones(text: str, _language: str, _writing: Writing, found: Figures) -> str:
    def note(match: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", re.sub(r"^\+\d\d", "", match[0]))
        if len(digits) < 7:
            return match[0]
        found.numbers.add(Decimal(digits))
        return " ; "

    return PHONE.sub(note, text)


def _numbers(text: str, _language: str, writing: Writing, found: Figures) -> str:
    found.numbers |= set(_values(text, writing))
    return text


def _values(text: str, writing: Writing) -> Iterator[Decimal]:
    number = rf"(?<![\d])(\d{{1,3}}(?:{writing.thousands}\d{{3}})+(?!\d)|\d+)(?:{writing.decimal}(\d+))?"
    multiple = "|".join(rf"(?P<m{index}>{pattern})" for index, pattern in enumerate(writing.multiples))
    factors = list(writing.multiples.values())
    for match in re.finditer(rf"{number}(?:{SPACE}?(?:{multiple}))?(?!\w)?", text):
        value = Decimal(re.sub(r"\D", "", match[1]) + (f".{match[2]}" if match[2] else ""))
        factor = next((factors[int(name[1:])] for name, said in match.groupdict().items() if said), 1)
        yield (value * factor).normalize()
