"""The handbook: its front page, its chapters, and what stands beside them."""

from .changes import ChangeKind, ChapterChange
from .changes_page import ChangesPage
from .chapter_page import ChapterPage, Part
from .index_page import CatalogIndexPage

__all__ = ["CatalogIndexPage", "ChangeKind", "ChangesPage", "ChapterChange", "ChapterPage", "Part"]
