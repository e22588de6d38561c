"""Blocks that only events have."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ProgrammeItemBlock(blocks.StructBlock):
    time = blocks.CharBlock(label=_("Time"), max_length=20)
    title = blocks.CharBlock(label=_("What"), max_length=160)
    text = blocks.TextBlock(label=_("Who, and details"), required=False, max_length=400)

    class Meta:
        icon = "time"
        label = _("Point of the programme")
