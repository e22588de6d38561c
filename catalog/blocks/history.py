"""How a rule came to be what it is."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .features import HANDBOOK_PARAGRAPH, PROCEDURES

MACHINE_READABLE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
"""A year, a month, or a day, as `<time datetime>` takes them."""


class LegalEventValue(blocks.StructValue):
    @property
    def datetime(self) -> str:
        """The date for machines; "" where it is in words."""
        date = (self.get("date") or "").strip()
        return date if MACHINE_READABLE.fullmatch(date) else ""

    @property
    def source_host(self) -> str:
        return (urlsplit(self.get("source") or "").hostname or "").removeprefix("www.")


class LegalEventBlock(blocks.StructBlock):
    date = blocks.CharBlock(
        label=_("When"), max_length=40, help_text=_("A year, or a date as readers read it: 2011, 26 September 2018.")
    )
    title = blocks.CharBlock(label=_("What was decided"), max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=HANDBOOK_PARAGRAPH, required=False)
    source = blocks.URLBlock(label=_("Address of the source"), required=False, help_text=_("Starts with https://"))
    is_current = blocks.BooleanBlock(label=_("In force today"), required=False)

    class Meta:
        icon = "calendar"
        label = _("Entry")
        value_class = LegalEventValue


class LegalTimelineBlock(blocks.StructBlock):
    """Acts and resolutions in the order of time."""

    title = blocks.CharBlock(label=_("Title"), max_length=160)
    entries = blocks.ListBlock(LegalEventBlock(), label=_("Entries"), min_num=1, max_num=30)

    class Meta:
        icon = "calendar-alt"
        label = _("Legal timeline")
        group = PROCEDURES
        description = _("Acts and resolutions in the order of time, each with its source; says which is in force.")
        template = "catalog/blocks/legal_timeline.html"
        preview_value = {
            "title": _("How the rules came to be"),
            "entries": [
                {"date": "2003", "title": _("The act on public benefit activity")},
                {"date": "2018", "title": _("The rules of procedure in force"), "is_current": True},
            ],
        }
