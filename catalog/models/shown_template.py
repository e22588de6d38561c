"""A document template as visitors find it: plain values that are kept until something public changes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from home import locales

FORMATS = ("docx", "odt", "pdf")
"""How the files of a template end, and the names of its fields for them. Whoever fills it in needs the first one."""


@dataclass(frozen=True)
class TemplateFile:
    """One file: `url` stays when another file takes its place, `document_url` is that of today's file."""

    extension: str
    url: str
    document: int
    document_url: str
    size: int


@dataclass(frozen=True)
class ShownTemplate:
    """A public template as readers of one language find it, in its own words or else in those of the original.

    `chapter`: the translation key of the chapter that speaks of it.
    """

    key: str
    title: str
    purpose: str
    language: str
    chapter: UUID | None
    files: tuple[TemplateFile, ...]
    changed_at: datetime

    @property
    def lang(self) -> str:
        """The language of the words where it isn't the reader's, else ""."""
        return locales.other(self.language)

    def file(self, extension: str) -> TemplateFile | None:
        return next((file for file in self.files if file.extension == extension), None)


Shelf = dict[UUID, ShownTemplate]
"""What is public, by translation key, in the order of the chapters."""
