"""The body of a page: the one place where its blocks come together."""

from django.utils.translation import gettext_lazy as _

from .links import ButtonBlock, CardsBlock
from .media import DocumentsBlock, FigureBlock, GalleryBlock, VideoBlock
from .stream import SafeStreamBlock
from .text import AccordionBlock, CallOutBlock, QuoteBlock, StepsBlock, TableBlock, TextBlock


class BodyBlock(SafeStreamBlock):
    """What an editor may put below the lead, in the order of the block picker."""

    text = TextBlock()
    quote = QuoteBlock()
    callout = CallOutBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    button = ButtonBlock()
    cards = CardsBlock()
    documents = DocumentsBlock()

    class Meta:
        label = _("Body")
        template = "blocks/body.html"
        required = False

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        # Fragments must be unique on the page, so the text blocks share one set of them.
        context["taken_anchors"] = set()
        return context
