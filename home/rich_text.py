"""Links inside rich text: to the page in the reader's language, and honest where there is none."""

from django.utils.html import format_html
from django.utils.translation import get_language
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
        return format_html('<a href="{}" hreflang="{}">', page.url, code)
