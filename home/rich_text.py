"""Rich text: links that are honest about their language, and an editor that is safe in threads."""

from threading import Lock
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.translation import get_language
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text.pages import PageLinkHandler

from home import locales


class SitePageLinkHandler(PageLinkHandler):
    """A link to a page that isn't public is just words; one into another language says so."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        return [cls._tag(page) for page in cls.get_many(attrs_list)]

    @staticmethod
    def _tag(page) -> str:
        language = get_language()
        if page and locales.code_of(page.locale_id) != language:
            page = page.localized
        if page is None or not page.live:
            return "<a>"
        code = locales.code_of(page.locale_id)
        if code == language:
            return format_html('<a href="{}">', page.url)
        # The stylesheet prints the note, and screen readers say it: a tag's end is out of reach here.
        return format_html('<a href="{}" hreflang="{}" data-note="{}">', page.url, code, locales.note(code))


class OneAtATimeConverter(ContentstateConverter):
    """Wagtail's converter keeps one HTML parser for all threads of a process.

    Two editors who open pages at the same moment make it fail, or mix their texts (seen as a 500
    in Wagtail 8.0.1). Goes when `from_database_format` makes a parser of its own.
    """

    def __init__(self, features: list[str] | None = None) -> None:
        super().__init__(features)
        self._lock = Lock()

    def from_database_format(self, html: str) -> str:
        with self._lock:
            return super().from_database_format(html)


class RichTextArea(DraftailRichTextArea):
    """The rich text editor of this site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.converter = OneAtATimeConverter(self.features)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The text as HTML, "" where nobody wrote one: Draftail sends an empty paragraph then."""
        html = super().value_from_datadict(data, files, name)
        return html if html is None or strip_tags(html).strip() else ""
