"""The body of a chapter: what every page may hold, and what a handbook needs besides."""

from typing import Any

from django.utils.safestring import SafeString
from wagtail.blocks.stream_block import StreamValue

from catalog.notes import with_notes
from home.blocks.body import BodyBlock

from .comparison import ComparisonBlock
from .decisions import DecisionTreeBlock
from .diagram import DiagramBlock
from .history import LegalTimelineBlock
from .procedures import ChecklistBlock, TimelineBlock, WorksheetBlock
from .self_check import SelfCheckBlock
from .templates import TemplatesBlock
from .text import HandbookAccordionBlock, HandbookCallOutBlock, HandbookStepsBlock, HandbookTextBlock


class HandbookBodyBlock(BodyBlock):
    text = HandbookTextBlock()
    callout = HandbookCallOutBlock()
    steps = HandbookStepsBlock()
    accordion = HandbookAccordionBlock()
    timeline = TimelineBlock()
    checklist = ChecklistBlock()
    worksheet = WorksheetBlock()
    comparison = ComparisonBlock()
    decision_tree = DecisionTreeBlock()
    self_check = SelfCheckBlock()
    diagram = DiagramBlock()
    legal_timeline = LegalTimelineBlock()
    templates = TemplatesBlock()

    def render(self, value: StreamValue, context: Any = None) -> SafeString:
        """With the notes of the page in `context`, numbered over the whole body."""
        context = context or {}
        of_page = getattr(context.get("page"), "notes", None)
        return with_notes(super().render(value, context), of_page, context.get("anchor_prefix", ""))
