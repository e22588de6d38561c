"""Days, hours and steps in words, for templates."""

from django import template

from approval import dates, step_names

register = template.Library()

register.filter("day", dates.day)
register.filter("day_and_hour", dates.day_and_hour)
register.filter("weekday_and_hour", dates.weekday_and_hour)
register.filter("step_name", step_names.shown_name)
