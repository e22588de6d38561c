"""Days and hours as a person says them, in the language of whoever reads."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def day(moment: datetime) -> str:
    """ "3 May"; with the year where it isn't this one."""
    local = timezone.localtime(moment)
    return date_format(local, "j E" if local.year == timezone.localtime().year else "j E Y")


def day_and_hour(moment: datetime) -> str:
    """ "12 December, 10:00"."""
    return f"{day(moment)}, {date_format(timezone.localtime(moment), 'H:i')}"
