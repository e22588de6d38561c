"""A chapter as its blocks see it while a book is made of it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.rich_text import expand_db_html

from catalog.notes import texts
from home import text
from home.blocks import references

from .rich_text import Place, Run, runs_of

PRINTED = ("http", "https")
KEPT = (*PRINTED, "mailto", "tel")


class Chapter:
    """A place in the book as blocks see it (`block_nodes.Book`)."""

    def __init__(self, label: str, chapters: dict[str, str], pictures: dict[str, Any], page: Any = None) -> None:
        """`chapters`: the paths of all chapters with their labels; `page`: the chapter, where it is one."""
        self.label, self._chapters, self._pictures = label, chapters, pictures
        self._headings: set[str] = set()
        self._others = {heading.id for heading in page.toc} if page else set()  # headings come first, as on the page
        self.place = Place(self._lead)
        if page and page.notes:
            with references.prefetched(page.notes):
                for key, note in texts(page.notes).items():
                    self.place.notes[key] = runs_of(expand_db_html(note.source), self.place)

    def anchor(self, title: str, is_heading: bool = False) -> str:
        taken = self._headings if is_heading else self._others
        return f"{self.label}--{text.anchor(title, taken)}" if title else ""

    def picture(self, image: Any) -> str:
        name = f"{image.pk}.{'png' if image.filename.lower().endswith('.png') else 'jpg'}"
        self._pictures[name] = {"pk": image.pk, "hash": image.get_file_hash()}
        return name

    def _lead(self, address: str) -> Run:
        site, parts = urlsplit(settings.SITE_URL), urlsplit(address)
        is_ours = (not parts.scheme and not parts.netloc) or (parts.scheme, parts.netloc) == (site.scheme, site.netloc)
        if is_ours:
            label = self._chapters.get(parts.path) if parts.path else self.label
            if label:
                return {"to": f"{label}--{parts.fragment}" if parts.fragment else label}
            return {"href": f"{settings.SITE_URL.rstrip('/')}{parts._replace(scheme='', netloc='').geturl()}"}
        if parts.scheme not in KEPT:
            return {}
        return {"href": address} if parts.scheme in PRINTED else {"href": address, "is_printed": False}
