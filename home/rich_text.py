"""Rich text: links and words that are honest about their language, and an editor that is safe in threads."""

import json
import re
from contextlib import suppress
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import CharField, Media
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter, link_entity
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineStyleElementHandler,
    PageLinkElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import Feature
from wagtail.admin.staticfiles import versioned_static
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text import features as feature_registry
from wagtail.rich_text.pages import PageLinkHandler

from approval.row_keys import is_key
from home import locales
from home.blocks import references
from home.fact_markup import FACT

LANGUAGE_MARKS = "language-marks"
"""The editor's feature for words in another language: a screen reader reads them aloud as such."""
EVERYWHERE = [LANGUAGE_MARKS, FACT]
"""Features of each text, whatever else its field allows: one more is no change of any field. Upper apps add theirs."""
NEIGHBOURS = ("uk", "de")
"""Languages that turn up in texts, besides those of the site."""
KEY = re.compile(r'<(?:a|embed)\b[^>]*\sid="([^"]*)"')
"""Of what a link or a picture in a text leads to."""
FRAGMENT = re.compile(r"[\w-]{1,100}")
"""A place on a page, as it stands after # in its address."""
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
TYPED = re.compile(r'"text"\s*:\s*("(?:[^"\\]|\\.)*")')
"""Words in what the editor sends."""


class UnreadableTextError(ValueError):
    """What came as rich text was made by no editor; in a stream the block is asked for again."""


class UnreadableText(str):
    """The words that could be found in it, as HTML, for the person who sent it."""

    @classmethod
    def found_in(cls, sent: str) -> "UnreadableText":
        lines = []
        for quoted in TYPED.findall(sent):
            with suppress(ValueError):
                lines.append((json.loads(quoted, strict=False).encode("utf-8", "replace").decode(),))
        return cls(format_html_join("", "<p>{}</p>", lines))


class SitePageLinkHandler(PageLinkHandler):
    """A link to a page that isn't public is just words; one into another language says so."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict]) -> list[str]:
        pages = cls.get_many(attrs_list)
        return [cls._tag(page, attrs.get("fragment", "")) for page, attrs in zip(pages, attrs_list, strict=True)]

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Page | None]:
        keys = [attrs.get("id") for attrs in attrs_list]
        found = references.find(Page, keys)
        return super().get_many(attrs_list) if found is None else found

    @staticmethod
    def _tag(page, fragment: str = "") -> str:
        """`fragment`: the place on the page, in the language in which it was chosen; elsewhere the page opens at its
        top."""
        language = get_language()
        if page and locales.code_of(page.locale_id) != language:
            page = references.localized(page)
        if page is None or not page.live:
            return "<a>"
        code = locales.code_of(page.locale_id)
        place = f"#{fragment}" if fragment else ""
        if code == language:
            return format_html('<a href="{}{}">', page.url, place)
        # The stylesheet prints the note, and screen readers say it: a tag's end is out of reach here.
        note = locales.note(code)
        return format_html('<a href="{}{}" hreflang="{}" data-note="{}">', page.url, place, code, note)


class EditedPageLinkHandler(PageLinkElementHandler):
    """A link to a page in the editor: Wagtail's asks for the page, its type and its parent, each link by itself."""

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, Any]:
        place = {"fragment": attrs["fragment"]} if attrs.get("fragment") else {}
        page = next(iter(references.find(Page, [attrs["id"]]) or ()), None)
        if page is None:
            return super().get_attribute_data(attrs) | place
        parent = page.get_parent()
        return {"id": page.pk, "url": page.url, "parentId": parent and parent.pk} | place


def kept_link(props: dict[str, Any]) -> Any:
    """A link as it is stored: as Wagtail's, with the place on the page to which it leads."""
    link = link_entity(props)
    if props.get("id") is not None and FRAGMENT.fullmatch(props.get("fragment") or ""):
        link.attr["fragment"] = props["fragment"]
    return link


class SiteDocumentLinkHandler(DocumentLinkHandler):
    """A link to a file, which the body has found already."""

    @classmethod
    def get_many(cls, attrs_list: list[dict]) -> list[Any]:
        found = references.find(cls.get_model(), [attrs.get("id") for attrs in attrs_list])
        return super().get_many(attrs_list) if found is None else found


def marked_languages() -> list[str]:
    """The codes of the languages that words can be marked with."""
    return list(dict.fromkeys([*(code for code, _name in settings.LANGUAGES), *NEIGHBOURS]))


def language_marks() -> tuple["LanguageMarks", dict[str, Any]]:
    """The editor's feature, and how marked words are kept: as <span lang="en">."""
    # Draft.js nests styles by the alphabet: before BOLD, so that bold words don't break a phrase into several marks.
    styles = {f"ABROAD_{code.upper()}": code for code in marked_languages()}
    rule = {
        "from_database_format": {
            f'span[lang="{code}"]': InlineStyleElementHandler(style) for style, code in styles.items()
        },
        "to_database_format": {
            "style_map": {style: {"element": "span", "props": {"lang": code}} for style, code in styles.items()}
        },
    }
    return LanguageMarks(styles), rule


class LanguageMarks(Feature):
    """A button of the toolbar for each language: one feature, so that one more language is no change of any field."""

    def __init__(self, styles: dict[str, str]) -> None:
        super().__init__()
        self.styles = styles

    def construct_options(self, options: dict[str, Any]) -> None:
        options.setdefault("inlineStyles", []).extend(
            {
                "type": style,
                "label": code.upper(),
                "description": _describe(code),
                "style": {"borderBottom": "2px dotted currentColor"},
            }
            for style, code in self.styles.items()
        )


def _description(code: str) -> str:
    return gettext("language: %(language)s") % {"language": get_language_info(code)["name_translated"]}


_describe = lazy(_description, str)


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
    """The rich text editor of this site: with what is `EVERYWHERE`, whatever else a field allows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        features = kwargs.pop("features", None)
        if features is None:
            features = feature_registry.get_default_features()
        super().__init__(*args, features=[*features, *EVERYWHERE], **kwargs)
        # Whoever may make headings writes a whole text, among other blocks.
        self.options["placeholder"] = _("Start writing, or choose a block") if "h2" in features else _("Start writing")
        self.converter = OneAtATimeConverter(self.features)
        self.keeps_unreadable = False

    @property
    def media(self) -> Media:
        return super().media + Media(css={"all": [versioned_static("home/editor.css")]})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The text as HTML, "" where nobody wrote one: Draftail sends an empty paragraph then."""
        try:
            html = super().value_from_datadict(data, files, name)
            if html is not None and not all(map(is_key, KEY.findall(html))):
                raise UnreadableTextError(name)
        except UNREADABLE as error:
            if self.keeps_unreadable:
                return UnreadableText.found_in(data[name])
            raise UnreadableTextError(name) from error
        return html if html is None or strip_tags(html).strip() else ""


class RichTextFormField(CharField):
    """A field of its own: a text that can't be read is asked for again, with the rest of the form as it was."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.keeps_unreadable = True

    def to_python(self, value: Any) -> str | None:
        if isinstance(value, UnreadableText):
            raise ValidationError(
                gettext("This text did not arrive whole. What could be read of it is here: check it, and save again.")
            )
        return super().to_python(value)
