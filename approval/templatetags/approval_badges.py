"""The mark on what was published in an emergency and nobody independent has answered yet, and on what is archived."""

from typing import Any

from django import template
from wagtail.models import Page

from approval import archive_badges, emergency_badges

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: Any, page: Any) -> bool:
    return bool(page.pk) and str(page.pk) in emergency_badges.unconfirmed_pages(context.get("request"))


@register.simple_tag(takes_context=True)
def archived_since(context: Any, instance: Any) -> str:
    return archive_badges.since(instance, context.get("request")) if isinstance(instance, Page) else ""
