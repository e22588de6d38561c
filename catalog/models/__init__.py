"""The handbook: its front page, its chapters, and what stands beside them."""

from .care import ChapterCare
from .changes import ChangeKind, ChapterChange
from .changes_page import ChangesPage
from .chapter_page import ChapterPage, Part
from .document_template import DocumentTemplate
from .edition import Edition
from .edition_work import EditionBuild, EditionSource
from .editions_page import EditionsPage
from .feedback import ChapterFeedback
from .glossary_page import GlossaryPage
from .glossary_term import GlossaryTerm
from .index_page import CatalogIndexPage
from .templates_page import TemplatesPage
from .whole_page import WholeHandbookPage

__all__ = [
    "CatalogIndexPage",
    "ChangeKind",
    "ChangesPage",
    "ChapterCare",
    "ChapterChange",
    "ChapterFeedback",
    "ChapterPage",
    "DocumentTemplate",
    "Edition",
    "EditionBuild",
    "EditionSource",
    "EditionsPage",
    "GlossaryPage",
    "GlossaryTerm",
    "Part",
    "TemplatesPage",
    "WholeHandbookPage",
]
