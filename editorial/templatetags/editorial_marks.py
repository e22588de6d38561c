"""The mark of unconfirmed emergency publications, for listings."""

from typing import Any

from django import template

from editorial import marks

register = template.Library()


@register.simple_tag(takes_context=True)
def is_unconfirmed(context: Any, page: Any) -> bool:
    return bool(page.pk) and str(page.pk) in marks.unconfirmed_pages(context.get("request"))
