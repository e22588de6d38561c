"""The blocks of words that every page has, with what rich text of the handbook may hold besides."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.text import AccordionBlock, CallOutBlock, FoldBlock, StepBlock, StepsBlock, TextBlock

from .features import HANDBOOK_PARAGRAPH, HANDBOOK_TEXT


class HandbookTextBlock(TextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", HANDBOOK_TEXT)
        super().__init__(**kwargs)


class HandbookCallOutBlock(CallOutBlock):
    """It has one tone more: how others did it."""

    EXAMPLE = ("example", _("Example from practice"))
    tone = blocks.ChoiceBlock(label=_("What is it?"), choices=[*CallOutBlock.TONES, EXAMPLE], default="tip")
    text = blocks.RichTextBlock(label=_("Text"), features=HANDBOOK_PARAGRAPH)

    class Meta:
        description = _("A deadline, a piece of advice, or an example from practice that must not be missed.")


class HandbookFoldBlock(FoldBlock):
    text = blocks.RichTextBlock(label=_("Answer"), features=HANDBOOK_PARAGRAPH)


class HandbookAccordionBlock(AccordionBlock):
    child = HandbookFoldBlock


class HandbookStepBlock(StepBlock):
    text = blocks.RichTextBlock(label=_("Text"), features=HANDBOOK_PARAGRAPH)


class HandbookStepsBlock(StepsBlock):
    child = HandbookStepBlock
