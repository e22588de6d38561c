"""What templates of the handbook need of the glossary."""

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from catalog.term_marks import marked_once, page_address

register = template.Library()


@register.tag
def chapter_glossary(parser: Parser, token: Token) -> "ChapterGlossaryNode":
    """Marks each term once in what stands inside, and explains at its end all that were marked.

    `{% chapter_glossary _("Glossary") %}`: below another heading, for what isn't one chapter.
    """
    tag, *heading = token.split_contents()
    nodelist = parser.parse((f"end{tag}",))
    parser.delete_first_token()
    return ChapterGlossaryNode(nodelist, parser.compile_filter(heading[0]) if heading else None)


class ChapterGlossaryNode(template.Node):
    def __init__(self, nodelist: NodeList, heading: FilterExpression | None) -> None:
        self.nodelist, self.heading = nodelist, heading

    def render(self, context: template.Context) -> SafeString:
        with marked_once() as marks:
            text = self.nodelist.render(context)
        if not marks.entries:
            return text
        heading = self.heading.resolve(context) if self.heading else gettext("Terms in this chapter")
        shown = {"heading": heading, "entries": marks.entries, "address": page_address(get_language())}
        return mark_safe(text + render_to_string("catalog/chapter_glossary.html", shown))
