"""Blocks of the home page: points to make, the newest of a section, bells to ring."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.sections import section_choices

from .links import LinkBlock
from .signs import SignBlock
from .stream import SafeStreamBlock
from .text import PARAGRAPH_FEATURES, TextBlock


class PointBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = blocks.TextBlock(label=_("Text"), required=False)

    class Meta:
        label = _("Point")


class PointsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    intro = blocks.RichTextBlock(label=_("Introduction"), features=PARAGRAPH_FEATURES, required=False)
    style = blocks.ChoiceBlock(
        label=_("Style"),
        choices=[("numbered", _("Numbered")), ("plain", _("Without numbers"))],
        default="plain",
    )
    items = blocks.ListBlock(PointBlock(), label=_("Points"))

    class Meta:
        icon = "list-ol"
        label = _("Points")
        description = _("Goals, activities or readers: a heading and a few short points.")
        template = "home/blocks/points.html"


class ListingBlock(blocks.StructBlock):
    section = blocks.ChoiceBlock(label=_("Section"), choices=section_choices)
    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    count = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=12, required=False)

    class Meta:
        icon = "list-ul"
        label = _("Newest of a section")
        description = _("The newest news, the next event, the chapters: kept up to date by itself.")
        template = "home/blocks/listing.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        home = context.get("page")
        context["listing"] = home.get_section(value["section"]) if home else None
        if context["listing"]:
            context["items"] = context["listing"].get_items(limit=value["count"] or 4)
        return context


class BellBlock(LinkBlock):
    """A question, and the place where its answer stands."""

    fragment = SignBlock(
        r"[\w-]{1,100}",
        label=_("Place on that page"),
        required=False,
        error_messages={"invalid": _("Give it without #, as it stands in the address of the page after that sign.")},
        help_text=_("What stands after # in the address, where the answer isn't at the top of the page."),
    )

    class Meta:
        icon = "mail"
        label = _("Bell")


class BellsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    intro = blocks.RichTextBlock(label=_("Introduction"), features=PARAGRAPH_FEATURES, required=False)
    items = blocks.ListBlock(BellBlock(), label=_("Bells"), max_num=6)

    class Meta:
        icon = "mail"
        label = _("Bell panel")
        description = _("Up to six questions that people come with, each leading to help.")
        template = "home/blocks/bells.html"


class HomeBlock(SafeStreamBlock):
    """The body of the home page."""

    points = PointsBlock()
    listing = ListingBlock()
    text = TextBlock(template="home/blocks/text.html")
    bells = BellsBlock()

    class Meta:
        label = _("Body")
        template = "home/blocks/body.html"
        required = False
