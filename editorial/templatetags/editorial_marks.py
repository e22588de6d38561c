"""Marks beside a page in listings and over its editor: an unconfirmed emergency, and where its translation stands."""

from typing import Any

from django import template
from wagtail.models import Page

from editorial import marks
from editorial.translation import badges

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: Any, page: Any) -> bool:
    return bool(page.pk) and str(page.pk) in marks.unconfirmed_pages(context.get("request"))


@register.inclusion_tag("editorial/parts/translation_badges.html", takes_context=True)
def translation_badges(context: Any, page: Any) -> dict[str, Any]:
    return {"badges": badges.badges_of(context.get("request"), page) if isinstance(page, Page) else []}
