"""Texts and links around every page, one set per language, through the same workflow as pages."""

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from home import locales
from home.blocks.links import LinkBlock
from home.blocks.stream import SafeStreamBlock, StreamFieldsMixin
from home.forms import SiteSettingsForm
from home.models.base import SOURCE_VERSION_PANELS
from translation.models import SourceVersionMixin

# Byte for byte as the granting authority words them: copied, never retyped.
DISCLAIMERS = {
    "pl": (
        "Sfinansowane ze środków UE. Wyrażone poglądy i opinie są jedynie opiniami autora lub "
        "autorów i niekoniecznie odzwierciedlają poglądy i opinie Unii Europejskiej lub Komisji "
        "Europejskiej. Unia Europejska ani organ przyznający nie ponoszą za nie odpowiedzialności."
    ),
    "en": (
        "Funded by the European Union. Views and opinions expressed are however those of the "
        "author(s) only and do not necessarily reflect those of the European Union or the "
        "European Commission. Neither the European Union nor the granting authority can be held "
        "responsible for them."
    ),
}
DEFAULT_DISCLAIMER = DISCLAIMERS["en"]


class LinksBlock(SafeStreamBlock):
    """Links, one under the other."""

    link = LinkBlock()


class FooterColumnBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Column")


class SocialLinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Name"), max_length=60)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        icon = "site"
        label = _("Profile")


class SiteSettings(
    StreamFieldsMixin,
    SourceVersionMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    models.Model,
):
    """Name, contact, funder, menu and footer in one language."""

    name = models.CharField(_("name of the site"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=60)
    tagline = models.CharField(_("what it is, in a sentence"), max_length=300, blank=True)
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    phone_hours = models.CharField(_("when somebody answers"), max_length=120, blank=True)
    funder_statement = models.CharField(
        _("words beside the EU emblem"),
        max_length=120,
        help_text=_("The grant agreement decides about them."),
    )
    disclaimer = models.TextField(_("disclaimer"), help_text=_("The grant agreement decides about it, to the letter."))
    menu = StreamField(LinksBlock(), verbose_name=_("main menu"), blank=True)
    footer = StreamField(
        SafeStreamBlock([("column", FooterColumnBlock())]), verbose_name=_("footer columns"), blank=True
    )
    social = StreamField(
        SafeStreamBlock([("profile", SocialLinkBlock())]), verbose_name=_("profiles elsewhere"), blank=True
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="site_settings")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="site_settings",
        for_concrete_model=False,
    )

    panels = [
        *SOURCE_VERSION_PANELS,
        MultiFieldPanel(["name", "short_name", "tagline"], heading=_("Name")),
        MultiFieldPanel(["address", "email", "phone", "phone_hours"], heading=_("Contact")),
        MultiFieldPanel(["funder_statement", "disclaimer"], heading=_("European Union funding")),
        FieldPanel("menu"),
        FieldPanel("footer"),
        FieldPanel("social"),
    ]

    facts_in_words = ("address", "phone")

    base_form_class = SiteSettingsForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")

    def __str__(self) -> str:
        return f"{self.name} ({self.locale.language_code})"

    @property
    def revisions(self):
        return self._revisions

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The home page in this language with these words around it."""
        with override(self.locale.language_code):
            home = apps.get_model("home", "HomePage").objects.filter(locale=self.locale, depth=2).first()
            if home is None:
                raise Http404
            response = home.serve_preview(request, home.default_preview_mode)
            response.context_data["previewed_settings"] = self
            return response.render()

    @classmethod
    def default_values(cls, language: str) -> dict[str, Any]:
        """What a new language starts with: plain field values in `language`."""
        with override(language):
            return {
                "name": gettext("Coalition for Neighbourhoods"),
                "short_name": gettext("Coalition"),
                "tagline": gettext("Organisations, informal groups and institutions of Kraków and Wrocław."),
                "funder_statement": gettext("Funded by the European Union"),
                "disclaimer": DISCLAIMERS.get(language, DEFAULT_DISCLAIMER),
            }

    @classmethod
    def for_language(cls, language: str) -> "SiteSettings":
        """The published settings in `language`, else the defaults (unsaved)."""
        found = cls.objects.filter(locale__language_code=language, live=True).first()
        return found or cls(**cls.default_values(language))

    def as_texts(self) -> dict[str, Any]:
        """Plain values for templates; links to pages that are not public are left out."""
        names = "name short_name tagline address email phone phone_hours funder_statement disclaimer"
        worded_in = next((code for code, words in DISCLAIMERS.items() if words == self.disclaimer), "")
        return {
            **{name: getattr(self, name) for name in names.split()},
            "disclaimer_lang": locales.other(worded_in),
            "menu": links(block.value for block in self.menu),
            "footer": [
                {"heading": column.value["heading"], "links": links(column.value["links"])} for column in self.footer
            ],
            "social": [dict(profile.value) for profile in self.social],
        }


def links(values: Any) -> list[dict[str, str]]:
    """Label and address of each link that leads somewhere."""
    return [{"label": value.text, "url": value.url, "hreflang": value.hreflang} for value in values if value.url]
