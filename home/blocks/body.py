"""The body of a page: the one place where its blocks come together."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks.stream_block import StreamValue
from wagtail.rich_text import RichText

from home import text
from home.fact_markup import with_words

from .facts import FactsBlock
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
    facts = FactsBlock()

    class Meta:
        label = _("Body")
        template = "blocks/body.html"
        required = False

    def get_form_state(self, value: Any) -> Any:
        """An empty body is a field to write in, not a button that leads to one."""
        return super().get_form_state(value or StreamValue(self, [("text", RichText(""))]))

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> StreamValue:
        """A text in which nobody wrote is none."""
        value = super().value_from_datadict(data, files, prefix)
        written = [block for block in value if block.block_type != "text" or block.value.source]
        if len(written) == len(value):
            return value
        kept = StreamValue(self, [(block.block_type, block.value, block.id) for block in written])
        kept.is_broken = getattr(value, "is_broken", False)
        return kept

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        # Fragments must be unique on the page, so the text blocks share one set of them. All other blocks share another
        # one that knows all headings: the contents name those before any block is rendered.
        context["taken_anchors"] = set()
        headings = headings_of_sections(value, context.get("anchor_prefix", ""))
        context["block_anchors"] = {heading.id for heading in headings}
        return context


def headings_of_sections(stream: StreamValue, prefix: str = "") -> list[text.Heading]:
    """The sections of a body, with the fragments that the text block renders.

    From what is stored, as reading a block would look for the pages and pictures of all blocks of its type.
    """
    taken: set[str] = set()
    texts = [with_words(child["value"] or "") for child in stream.raw_data if child["type"] == "text"]
    return [heading for words in texts for heading in text.anchor_headings(words, taken, prefix)[1]]
