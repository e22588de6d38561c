"""Working days, Polish holidays, and what stands first."""

from datetime import date

import pytest
from wagtail.models import TaskState

from approval import deadlines, workdays
from notifications.reminders import occasion
from tests.workflow import draft_of, fresh, publish_properly, submit

WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 6, 4),  # Corpus Christi
        date(2026, 11, 11),
        date(2025, 12, 24),  # a holiday since 2025
        date(2026, 11, 21),  # Saturday
        date(2026, 11, 22),  # Sunday
    ],
)
def test_nobody_works_on_holidays_and_weekends(day: date) -> None:
    assert not workdays.is_working_day(day)


def test_christmas_eve_was_a_working_day_until_2024() -> None:
    assert workdays.is_working_day(date(2024, 12, 24))


def test_the_working_day_after_friday_is_monday() -> None:
    assert workdays.add(FRIDAY, 1) == MONDAY
    assert workdays.add(MONDAY, -1) == FRIDAY


def test_counting_leaves_out_the_long_weekend_of_november() -> None:
    # Tuesday 10 November; the 11th is Independence Day.
    assert workdays.add(date(2026, 11, 10), 1) == date(2026, 11, 12)
    assert workdays.between(date(2026, 11, 10), date(2026, 11, 12)) == 1
    assert workdays.between(date(2026, 11, 12), date(2026, 11, 10)) == -1


def test_the_reminder_before_a_monday_comes_on_friday() -> None:
    assert occasion(MONDAY, THURSDAY) == ""
    assert occasion(MONDAY, FRIDAY) == "soon"
    assert occasion(MONDAY, MONDAY) == "soon"


def test_reminders_after_the_day_grow_rarer() -> None:
    said = [occasion(FRIDAY, workdays.add(FRIDAY, count)) for count in range(1, 12)]
    assert said == [
        "overdue-1",
        "overdue-1",
        "overdue-3",
        "overdue-3",
        *["overdue-5"] * 5,
        *["overdue-10"] * 2,
    ]


@pytest.fixture
def states(autorka) -> list[TaskState]:
    """Five texts that wait: needed on Friday, Wednesday, nobody said, Monday, nobody said."""
    found = []
    for number, day in enumerate((FRIDAY, WEDNESDAY, None, MONDAY, None)):
        page = draft_of(autorka, f"Text {number}")
        deadlines.set_needed_by(page, day, autorka)
        found.append(submit(page, autorka))
    return found


def test_overdue_texts_stand_first_the_oldest_on_top(states: list[TaskState]) -> None:
    on_monday = sorted(states, key=lambda state: deadlines.sort_key(state, MONDAY))
    assert [states.index(state) for state in on_monday] == [1, 0, 3, 2, 4]
    assert [deadlines.overdue(state, MONDAY) for state in on_monday] == [True, True, False, False, False]


def test_a_whole_desk_costs_one_query(states: list[TaskState], django_assert_num_queries) -> None:
    fetched = list(TaskState.objects.select_related("workflow_state").filter(pk__in=[state.pk for state in states]))
    with django_assert_num_queries(1):
        sorted(deadlines.attach(fetched), key=lambda state: deadlines.sort_key(state, MONDAY))


def test_the_day_can_be_changed_and_taken_away(autorka, draft) -> None:
    deadlines.set_needed_by(draft, FRIDAY, autorka)
    deadlines.set_needed_by(draft, MONDAY, autorka)
    assert deadlines.needed_by(fresh(draft)) == MONDAY
    deadlines.set_needed_by(draft, None, autorka)
    assert deadlines.needed_by(draft) is None


def test_a_published_text_is_needed_no_more(autorka, redaktorka, koordynatorka) -> None:
    page = draft_of(autorka, "Needed")
    deadlines.set_needed_by(page, FRIDAY, autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    assert deadlines.needed_by(page) is None
