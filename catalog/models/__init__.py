"""The handbook: its front page, its chapters, and what stands beside them."""

from .chapter_page import ChapterPage, Part
from .edition import Edition
from .edition_work import EditionBuild, EditionSource
from .editions_page import EditionsPage
from .glossary_page import GlossaryPage
from .glossary_term import GlossaryTerm
from .index_page import CatalogIndexPage

__all__ = [
    "CatalogIndexPage",
    "ChapterPage",
    "Edition",
    "EditionBuild",
    "EditionSource",
    "EditionsPage",
    "GlossaryPage",
    "GlossaryTerm",
    "Part",
]
