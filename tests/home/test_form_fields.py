"""Days and hours that somebody types, in the nights in which the clocks are changed."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from events.models import EventPage

FIELDS = pytest.mark.parametrize("field", ["start", "end", "go_live_at", "expire_at"])


@pytest.fixture(autouse=True)
def in_polish():
    """Whatever language the test before left behind."""
    with translation.override("pl"):
        yield


def typed(field: str, value: str) -> datetime:
    form_class = EventPage.get_edit_handler().get_form_class()
    return form_class.base_fields[field].clean(value).astimezone(UTC)


@FIELDS
def test_an_hour_that_the_clocks_skip_is_refused_as_people_say_it(field):
    with pytest.raises(ValidationError) as refused:
        typed(field, "28.03.2027 02:30")
    (said,) = refused.value.messages
    assert said.startswith("28 marca")
    assert "godziny 02:30 wtedy nie ma" in said
    assert "Europe" not in said


@FIELDS
def test_of_an_hour_that_comes_twice_the_first_one_is_meant(field):
    assert typed(field, "2027-10-31 02:30") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_any_other_hour_is_what_the_clock_shows():
    assert typed("start", "2027-03-28 03:00") == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert typed("start", "2027-10-31 03:00") == datetime(2027, 10, 31, 2, 0, tzinfo=UTC)
    with pytest.raises(ValidationError, match="Wpisz poprawną datę"):
        typed("start", "wczoraj")
