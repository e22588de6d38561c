"""Marks beside a page in listings and over its editor: an unconfirmed emergency, and where its translation stands."""

from typing import Any

from django import template
from wagtail.models import Page

from approval import emergency_badges
from translation import badges

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: Any, page: Any) -> bool:
    return bool(page.pk) and str(page.pk) in emergency_badges.unconfirmed_pages(context.get("request"))


@register.inclusion_tag("translation/parts/badges.html", takes_context=True)
def translation_badges(context: Any, page: Any, short: bool = False) -> dict[str, Any]:
    found = badges.badges_of(context.get("request"), page) if isinstance(page, Page) else []
    return {"badges": found, "short": short}
