"""Days and hours as a person says them, in the language of whoever reads."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString


def day(moment: datetime) -> str:
    """ "3 May"; with the year where it isn't this one."""
    local = timezone.localtime(moment)
    return date_format(local, "j E" if local.year == timezone.localtime().year else "j E Y")


def day_and_hour(moment: datetime) -> str:
    """ "12 December, 10:00"."""
    return f"{day(moment)}, {date_format(timezone.localtime(moment), 'H:i')}"


def weekday_and_hour(moment: datetime) -> str:
    """ "Tuesday, 1 December, 8:00"."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'l')}, {day(local)}, {date_format(local, 'G:i')}"


def to_come(moment: datetime | None) -> str:
    """The same of a time that is still ahead; "" where there is none."""
    return weekday_and_hour(moment) if moment and moment > timezone.now() else ""


def day_of_work(moment: datetime) -> SafeString:
    """The day, with the hour where it was today or yesterday; whoever asks (a title, a script) gets it exactly."""
    yesterday = timezone.localdate() - timedelta(days=1)
    words = day_and_hour(moment) if timezone.localdate(moment) >= yesterday else day(moment)
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), day_and_hour(moment), words)
