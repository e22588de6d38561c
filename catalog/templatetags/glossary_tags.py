"""What templates of the handbook need of the glossary."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from catalog.term_marks import marked_once, page_address

register = template.Library()


@register.tag
def chapter_glossary(parser: Parser, token: Token) -> "ChapterGlossaryNode":
    """Marks each term once in what stands inside, and explains at its end all that were marked."""
    nodelist = parser.parse((f"end{token.contents}",))
    parser.delete_first_token()
    return ChapterGlossaryNode(nodelist)


class ChapterGlossaryNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        with marked_once() as marks:
            text = self.nodelist.render(context)
        if not marks.entries:
            return text
        shown = {"entries": marks.entries, "address": page_address(get_language())}
        return mark_safe(text + render_to_string("catalog/chapter_glossary.html", shown))
