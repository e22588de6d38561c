"""Days, hours and steps in words, for templates."""

from datetime import datetime

from django import template

from approval import dates, step_names

register = template.Library()


@register.filter
def day_and_hour(moment: datetime) -> str:
    return dates.day_and_hour(moment)


@register.filter
def weekday_and_hour(moment: datetime) -> str:
    return dates.weekday_and_hour(moment)


@register.filter
def day(moment: datetime) -> str:
    return dates.day(moment)


@register.filter
def step_name(name: str) -> str:
    return step_names.shown_name(name)
