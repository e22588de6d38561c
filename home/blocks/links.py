"""Links that an editor chooses: a page of this site, or an address elsewhere."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from home import locales

from . import references
from .references import PageChooserBlock


class LinkValue(blocks.StructValue):
    """`url` is empty when the chosen page is not public: templates then print words, no link."""

    @property
    def url(self) -> str:
        page = self.target
        if page:
            place = f"#{self['fragment']}" if self.get("fragment") and page.url else ""
            return f"{page.url or ''}{place}" if page.live else ""
        return self.get("address") or ""

    @cached_property
    def target(self):
        """The chosen page in the reader's language where it is published there, else as chosen."""
        page = self.get("page")
        if page is None or locales.code_of(page.locale_id) == get_language():
            return page
        return references.localized(page)

    @property
    def hreflang(self) -> str:
        """The language behind the link where it isn't the reader's, else ""."""
        if self.target is None:
            return ""
        return locales.other(locales.code_of(self.target.locale_id))

    @property
    def text(self) -> str:
        page = self.get("page")
        return self.get("label") or (page.title if page else self.get("address", ""))


class LinkBlock(blocks.StructBlock):
    """Words that lead somewhere."""

    label = blocks.CharBlock(label=_("Words of the link"), max_length=120)
    page = PageChooserBlock(label=_("Page of this site"), required=False)
    address = blocks.URLBlock(label=_("or another address"), required=False, help_text=_("Starts with https://"))

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value):
        value = super().clean(value)
        if not self.is_deferred_validation and bool(value.get("page")) == bool(value.get("address")):
            raise StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or give an address: one of the two."))}
            )
        return value


class ButtonBlock(LinkBlock):
    """The one thing that a reader should do next."""

    class Meta:
        icon = "arrow-right-full"
        label = _("Button")
        group = _("Links and files")
        description = _("One clear next step: “Sign up”, “Write to us”.")
        template = "blocks/button.html"
        preview_value = {"label": _("Sign up for the training"), "address": "https://example.org/"}


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=300)
    page = PageChooserBlock(label=_("Page of this site"), required=False)
    address = blocks.URLBlock(label=_("or another address"), required=False)

    class Meta:
        icon = "form"
        label = _("Card")
        value_class = LinkValue


class CardsBlock(blocks.ListBlock):
    """A few places to go on to, side by side."""

    def __init__(self, **kwargs):
        super().__init__(CardBlock(), **kwargs)

    class Meta:
        icon = "grip"
        label = _("Cards")
        group = _("Links and files")
        description = _("Two to six short entries with a link each.")
        template = "blocks/cards.html"
        preview_value = [
            {"title": _("Why a KDO?"), "text": _("When a commission helps, and when it doesn't.")},
            {"title": _("The application"), "text": _("Step by step, with templates.")},
        ]
