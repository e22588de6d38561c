"""Dates in the admin's forms: written and read as people here write them."""

from datetime import date, datetime

import pytest
from django import forms
from django.utils import formats, translation
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


class Form(forms.Form):
    day = forms.DateField(widget=AdminDateInput())
    moment = forms.DateTimeField(widget=AdminDateTimeInput())


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("day", ["24.11.2026", "2026-11-24"])
def test_a_date_is_read_as_poles_and_as_machines_write_it(language, day):
    with translation.override(language):
        form = Form({"day": day, "moment": f"{day} 9:00"})
        assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == date(2026, 11, 24)
    assert form.cleaned_data["moment"].replace(tzinfo=None) == datetime(2026, 11, 24, 9)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_field_shows_and_its_calendar_reads_the_same_way(language):
    with translation.override(language):
        page = Form(initial={"day": date(2026, 11, 4), "moment": datetime(2026, 11, 4, 9, 30)}).as_p()
    assert 'value="04.11.2026"' in page
    assert 'value="04.11.2026 09:30"' in page
    assert "d.m.Y H:i" in page


def test_what_was_typed_is_not_replaced_by_today_when_one_leaves_the_field():
    """tests/e2e/test_newsroom.py types a date in a way that the calendar doesn't read."""
    assert str(Form()).count("validateOnBlur") == 2


def test_english_is_british_and_counts_24_hours():
    when = datetime(2026, 12, 4, 18, 30)
    with translation.override("en"):
        assert [formats.date_format(when, name) for name in ("DATE_FORMAT", "TIME_FORMAT", "DATETIME_FORMAT")] == [
            "4 December 2026",
            "18:30",
            "4 December 2026, 18:30",
        ]
