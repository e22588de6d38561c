"""When an event is, in the words of a page or a list."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

MIDNIGHT = {"00:00": "24:00"}
MOST_DAYS = 31


class TimesMixin:
    """For what has a `start` and an `end`; a draft that lacks one of them answers to `has_times` alone."""

    start: datetime
    end: datetime

    @property
    def has_times(self) -> bool:
        return bool(self.start and self.end)

    @property
    def is_past(self) -> bool:
        return self.has_times and self.end < timezone.now()

    @property
    def last_day(self) -> date:
        """The day on which it ends: an evening until midnight is over on that evening."""
        return timezone.localdate(self.end - timedelta(microseconds=1))

    @property
    def is_one_day(self) -> bool:
        return timezone.localdate(self.start) == self.last_day

    @property
    def days_in_words(self) -> list[str]:
        """Each of its days, as a reader would ask for it: "6 January 2027"; of a long event the first ones."""
        if not self.has_times:
            return []
        first = timezone.localdate(self.start)
        days = min((self.last_day - first).days + 1, MOST_DAYS)
        return [date_format(first + timedelta(days=number), "j E Y") for number in range(days)]

    @property
    def end_time(self) -> str:
        """The hour of the end; midnight belongs to the day that it ends."""
        said = date_format(timezone.localtime(self.end), "TIME_FORMAT")
        return MIDNIGHT.get(said, said)
