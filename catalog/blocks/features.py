"""What rich text of the handbook may hold besides what every text may."""

from django.utils.translation import gettext_lazy as _

from home.blocks.text import PARAGRAPH_FEATURES, TEXT_FEATURES

NOTE = "note"
"""A mark that leads to a note at the end of the chapter (catalog/notes.py)."""
HANDBOOK_PARAGRAPH = [*PARAGRAPH_FEATURES, NOTE]
HANDBOOK_TEXT = [*TEXT_FEATURES, NOTE]

PROCEDURES = _("Procedures")
"""The group of the block picker in which these blocks stand."""
