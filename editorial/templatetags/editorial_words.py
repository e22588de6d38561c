"""Days, hours and steps in words, for templates."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString

from editorial import dates, step_names
from editorial.translation import beside

register = template.Library()


@register.filter
def day_and_hour(moment: datetime) -> str:
    return dates.day_and_hour(moment)


@register.filter
def day(moment: datetime) -> str:
    return dates.day(moment)


@register.filter
def step_name(name: str) -> str:
    return step_names.shown(name)


@register.filter
def with_terms(text: str, language: str) -> SafeString:
    return beside.with_terms(text, language)
