"""Days, hours and steps in words, for templates."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from approval import dates, step_names

register = template.Library()

SEARCH_BUTTON = 'type="submit" value="Search"'


@register.filter
def day_and_hour(moment: datetime) -> str:
    return dates.day_and_hour(moment)


@register.filter
def day(moment: datetime) -> str:
    return dates.day(moment)


@register.filter
def step_name(name: str) -> str:
    return step_names.shown_name(name)


@register.filter
def search_button_in_words(html: SafeString) -> SafeString:
    """Wagtail's search form with its button in the language of the reader: its word stands in the code in English."""
    return mark_safe(html.replace(SEARCH_BUTTON, format_html('type="submit" value="{}"', gettext("Search"))))
