"""The first page of the site."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from home import sections, seo
from home.blocks.listing import HomeBlock
from home.cache import remembered

from .base import SOURCE_VERSION_PANELS, BasePage
from .listing_page import ListingPage


class HomePage(BasePage):
    """What the project is, drawn and told: the street of members, goals, news, events, handbook."""

    headline = models.CharField(_("headline"), max_length=120, blank=True, help_text=_("Large, above the street."))
    body = StreamField(HomeBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *SOURCE_VERSION_PANELS,
        *Page.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    page_description = _("The first page of the site in one language.")
    is_translated_by_segments = True
    parent_page_types = ["wagtailcore.Page"]
    max_count = None
    template = "home/home_page.html"
    search_weight = 0.5

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    @cached_property
    def sections(self) -> list[ListingPage]:
        """The published front pages of the sections in this language, in navigation order."""
        return remembered(f"sections:{self.pk}", self._find_sections)

    def _find_sections(self) -> list[ListingPage]:
        found = [model.objects.published().child_of(self).first() for model in sections.section_models()]
        return [page for page in found if page]

    def get_section(self, key: str) -> ListingPage | None:
        """The front page of one section (`news`, `events`, …) in this language."""
        return next((page for page in self.sections if page.section.key == key), None)

    @property
    def hero(self) -> ListingPage | None:
        """The section that draws the picture under the headline."""
        return next((page for page in self.sections if page.hero_template), None)

    def search_subjects(self):
        yield self.headline
        yield from super().search_subjects()

    def structured_data(self, request):
        return [
            seo.organization(self.language),
            seo.website(self.language),
            *super().structured_data(request),
        ]
