"""Days and hours in a text, however they are written: "6 stycznia 2027", "06.01.2027", "January 6", "godz. 17"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search.analysis.folding import folded

_POLISH = (
    "styczen stycznia styczniu styczniem sty", "luty lutego lutym lut", "marzec marca marcu marcem mar",
    "kwiecien kwietnia kwietniu kwietniem kwi", "maj maja maju majem", "czerwiec czerwca czerwcu czerwcem cze",
    "lipiec lipca lipcu lipcem lip", "sierpien sierpnia sierpniu sierpniem sie",
    "wrzesien wrzesnia wrzesniu wrzesniem wrz", "pazdziernik pazdziernika pazdzierniku pazdziernikiem paz",
    "listopad listopada listopadzie listopadem lis", "grudzien grudnia grudniu grudniem gru",
)  # fmt: skip
_ENGLISH = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
MONTHS = {name: month for names in (_POLISH, _ENGLISH) for month, row in enumerate(names, 1) for name in row.split()}
IN_WORDS = {name: month for name, month in MONTHS.items() if len(name) > 3 or name == "maj"} | {"luty": 2}
"""What is a month without a day beside it, too. "may" only where it is written "May"."""
_ENGLISH_NAME = "|".join(sorted(" ".join(_ENGLISH).split(), key=len, reverse=True))

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_TO = r"\s?(?:[-–—]|do|to)\s?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_BEFORE = r"(?<![\w.,:/-])"
_DAYS = rf"(?P<day>{_DAY})(?:\.|st|nd|rd|th)?(?:{_TO}(?P<last>{_DAY})(?:\.|st|nd|rd|th)?)?"
IN_LETTERS = re.compile(rf"(?<!\w){_DAYS}\s?(?:of\s)?\s?(?P<name>[^\W\d_]{{3,13}})\.?(?:,?\s{_YEAR})?", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"(?<!\w)(?P<name>{_ENGLISH_NAME})\b\.?\s{_DAYS}(?![:.]\d)(?:,?\s{_YEAR})?", re.IGNORECASE)
IN_NUMBERS = re.compile(
    rf"{_BEFORE}(?P<day>{_DAY})(?:[-–](?P<last>{_DAY}))?(?P<sign>[./-])(?P<month>0?[1-9]|1[0-2])(?!\d)"
    rf"(?:(?P=sign)(?P<year>(?:(?:19|20)\d\d|\d\d))(?!\d))?(?!\w|[.:/-]\d)"
)
BY_STANDARD = re.compile(rf"{_BEFORE}{_YEAR}-(?P<month>0[1-9]|1[0-2])-(?P<day>{_DAY})(?!\w)")
HOUR = re.compile(
    r"(?<![\w:/-])(?<!\d[.,])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d)(?![\d:])|(?=\s?[ap]\.?m\b))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?![.-]\d)",
    re.IGNORECASE,
)
FULL_HOUR = re.compile(r"\bgodz(?:\.|in\w{1,3})\s?(?P<hour>[01]?\d|2[0-3])(?!\d|[:.]\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Moment:
    """A day, some days in a row, or an hour. `terms`: without the year; `exact`: with it, where it is said."""

    start: int
    end: int
    terms: frozenset[str]
    exact: frozenset[str] = frozenset()
    year: str = ""
    months: frozenset[str] = frozenset()
    is_sure: bool = True
    """Not so where it may be a number just as well: "6.01"."""


def month(word: str, *, is_capital: bool) -> str:
    """The term of a month that is called so in Polish or English (folded); "" for other words."""
    number = IN_WORDS.get(word, 0)
    return f"m{number:02}" if number and (is_capital or word != "may") else ""


def found_in(text: str) -> Iterator[Moment]:
    """The moments of `text`, in its order; none lies within another."""
    if not any(sign.isdigit() for sign in text):
        return
    found = [moment for pattern, read in READERS for hit in pattern.finditer(text) if (moment := read(hit))]
    end = 0
    for moment in sorted(found, key=lambda one: (one.start, -one.end)):
        if moment.start >= end:
            yield moment
            end = moment.end


def _day_in_letters(hit: re.Match[str]) -> Moment | None:
    number = MONTHS.get(folded(hit["name"]), 0)
    return _days(hit, number) if number else None


def _day_in_numbers(hit: re.Match[str]) -> Moment | None:
    if hit["sign"] != "." and not hit["year"]:
        return None  # a half, or from 6 to 8
    moment = _days(hit, int(hit["month"]), is_sure=bool(hit["year"]))
    hour = HOUR.fullmatch(hit[0])
    return Moment(moment.start, moment.end, moment.terms | _hour(hour).terms, is_sure=False) if hour else moment


def _day_by_standard(hit: re.Match[str]) -> Moment:
    return _days(hit, int(hit["month"]))


def _days(hit: re.Match[str], number: int, *, is_sure: bool = True) -> Moment:
    parts = hit.groupdict()
    first = int(parts["day"])
    last = int(parts.get("last") or first)
    days = frozenset(f"{number:02}{day:02}" for day in range(first, max(first, last) + 1))
    year = parts.get("year") or ""
    year = f"20{year}" if len(year) == 2 else year
    return Moment(
        *hit.span(),
        terms=frozenset(f"d{day}" for day in days),
        exact=frozenset(f"d{year}{day}" for day in days) if year else frozenset(),
        year=year,
        months=frozenset({f"m{number:02}"}),
        is_sure=is_sure,
    )


def _hour(hit: re.Match[str]) -> Moment:
    parts = hit.groupdict()
    hour = int(parts["hour"])
    if parts.get("half"):
        hour = hour % 12 + (12 if parts["half"] in "pP" else 0)
    return Moment(*hit.span(), terms=frozenset({f"t{hour:02}{parts.get('minute') or '00'}"}))


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Moment | None]], ...] = (
    (BY_STANDARD, _day_by_standard),
    (IN_LETTERS, _day_in_letters),
    (MONTH_FIRST, _day_in_letters),
    (IN_NUMBERS, _day_in_numbers),
    (HOUR, _hour),
    (FULL_HOUR, _hour),
)
