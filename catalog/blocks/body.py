"""The body of a chapter: what every page may hold, and what a handbook needs besides."""

from home.blocks.body import BodyBlock

from .comparison import ComparisonBlock
from .decisions import DecisionTreeBlock
from .diagram import DiagramBlock
from .history import LegalTimelineBlock
from .procedures import ChecklistBlock, TimelineBlock, WorksheetBlock
from .self_check import SelfCheckBlock
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
