"""The mark on what was published in an emergency and nobody independent has answered yet."""

from typing import Any

from django import template

from approval import emergency_badges

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: Any, page: Any) -> bool:
    return bool(page.pk) and str(page.pk) in emergency_badges.unconfirmed_pages(context.get("request"))
