"""What stands on screens about translations: agreed terms in a text, and where a translation stands."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from wagtail.models import Page

from translation import badges, source_panel

register = template.Library()


@register.filter
def with_terms(text: str, language: str) -> SafeString:
    return source_panel.with_terms(text, language)


@register.inclusion_tag("translation/parts/badges.html", takes_context=True)
def translation_badges(context: Any, page: Any, short: bool = False) -> dict[str, Any]:
    if not isinstance(page, Page):
        return {"badges": [], "short": short}
    table = context.get("table")
    shown = table.data if table else context.get("object_list") or ()  # some of Wagtail's reports write their own rows
    return {"badges": badges.badges_of(context.get("request"), page, shown), "short": short}
