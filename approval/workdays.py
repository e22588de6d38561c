"""Working days in Poland: no Saturday, no Sunday, no public holiday.

Holidays come from the `holidays` package, which follows ustawa o dniach wolnych od pracy (with
Christmas Eve since 2025, and the movable feasts).
"""

from datetime import date, timedelta

from holidays import country_holidays

HOLIDAYS = country_holidays("PL")  # fills in each year when it is first asked about
SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in HOLIDAYS


def add(day: date, count: int) -> date:
    """The working day `count` working days after `day` (before it, if negative).

    `add(friday, 1)` is Monday; `add(sunday, 0)` is Sunday itself.
    """
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def between(start: date, end: date) -> int:
    """How many working days lie after `start`, up to and including `end`; negative if `end` is earlier."""
    if end < start:
        return -between(end, start)
    days = (start + timedelta(days=count + 1) for count in range((end - start).days))
    return sum(is_working_day(day) for day in days)
