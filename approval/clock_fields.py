"""Days and hours that somebody types, also in the nights in which the clocks are changed."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from approval import dates


class ClockDateTimeField(forms.DateTimeField):
    """A day and an hour as clocks show them, also in the night in which they are changed.

    Django refuses both the hour that is skipped and the one that comes twice, in words for programmers.
    """

    def to_python(self, value: Any) -> datetime | None:
        """Returns the moment; of an hour that comes twice the first one. Raises ValidationError for one that isn't."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone" or error.params is None:
                raise
            moment = error.params["datetime"].replace(tzinfo=timezone.get_current_timezone(), fold=0)
        if moment.utcoffset() > moment.replace(fold=1).utcoffset():
            return moment
        words = {"day": dates.day(moment), "time": date_format(moment.replace(tzinfo=None), "H:i")}
        said = _("On %(day)s the clocks go forward: there is no %(time)s. Choose an earlier or a later time.")
        raise ValidationError(said % words, code="skipped")

    def validate(self, value: Any) -> None:
        """The database counts hours from Greenwich, and the first ones of all time are before its beginning."""
        super().validate(value)
        if value is not None and not 1 < value.year < 9999:
            raise ValidationError(_("Choose a year that people live to see."), code="year")
