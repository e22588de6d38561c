"""The whole handbook on one page."""

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from catalog.whole import as_part

register = template.Library()


@register.tag
def part_of_whole(parser: Parser, token: Token) -> "PartOfWholeNode":
    """`{% part_of_whole chapter slugs %}…{% endpart_of_whole %}`: what stands between as a part of the page of all."""
    _tag, chapter, slugs = token.split_contents()
    nodelist = parser.parse(("endpart_of_whole",))
    parser.delete_first_token()
    return PartOfWholeNode(nodelist, parser.compile_filter(chapter), parser.compile_filter(slugs))


class PartOfWholeNode(template.Node):
    def __init__(self, nodelist: NodeList, chapter: FilterExpression, slugs: FilterExpression) -> None:
        self.nodelist, self.chapter, self.slugs = nodelist, chapter, slugs

    def render(self, context: template.Context) -> SafeString:
        chapter: Any = self.chapter.resolve(context)
        return mark_safe(as_part(self.nodelist.render(context), chapter.slug, self.slugs.resolve(context)))
