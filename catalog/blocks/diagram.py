"""A drawing that explains something, and the same in words."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks.media import FigureBlock, PictureBlock

from .features import HANDBOOK_PARAGRAPH, PROCEDURES


class DiagramBlock(FigureBlock):
    """A picture whose description does not fit into a sentence."""

    # Flat, as in FigureBlock.
    image = PictureBlock(label=_("Picture"))
    description = blocks.RichTextBlock(
        label=_("The diagram in words"),
        features=HANDBOOK_PARAGRAPH,
        help_text=_("Everything that the drawing says, in order: for those who don't see it."),
    )

    class Meta:
        icon = "image"
        label = _("Diagram")
        group = PROCEDURES
        description = _("A drawing that explains something, with the same in words.")
        template = "catalog/blocks/diagram.html"
