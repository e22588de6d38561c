"""Content checks look at the text of the page, and name only what an editor can mend."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.userbar import ContentCheckerItem


class PageContentChecker(ContentCheckerItem):
    """Wagtail's, which would report the site's header and footer too."""

    axe_include = ("main",)
    axe_custom_rules: ClassVar[list[dict[str, Any]]] = [
        *ContentCheckerItem.axe_custom_rules,
        # Titles of cards and of the programme look like headings because the site draws them so.
        {"id": "p-as-heading", "selector": ".rich-text p"},
    ]

    def get_axe_include(self, request: HttpRequest) -> list[str]:
        return list(self.axe_include)

    def get_axe_exclude(self, request: HttpRequest) -> list[str]:
        """One selector: Wagtail's script would make one path of several. Its user bar stands outside `main`."""
        return ["[data-frame]"]


def replace_checker(request: HttpRequest, items: list[Any], page: Any) -> None:
    """Hook `construct_wagtail_userbar`, which the panel beside the editor asks too."""
    items[:] = [
        PageContentChecker(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item for item in items
    ]


def script() -> SafeString:
    """Hook `insert_editor_js`: counts the words of the preview that are the author's."""
    return format_html('<script src="{}"></script>', versioned_static("newsroom/content_checks.js"))
