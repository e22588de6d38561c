"""The page of all editions of the handbook."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from home.models import BasePage, SetupPage
from home.sections import Section

from .edition import Edition


class EditionsPage(SetupPage):
    section = Section(
        key="editions",
        order=33,
        title=_("Editions"),
        slug=pgettext_lazy("address", "editions"),
        lead=_("The whole catalogue as a file that stays as it is: to print, to cite, to read without a network."),
        below="catalog",
    )
    licence = models.CharField(
        gettext_lazy("licence"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("What others may do with the next edition. Empty: Creative Commons Attribution 4.0."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("licence")]
    parent_page_types = ["catalog.CatalogIndexPage"]
    page_description = _("All editions of the catalogue, with their files.")

    class Meta:
        verbose_name = gettext_lazy("page of editions")
        verbose_name_plural = gettext_lazy("pages of editions")

    @property
    def licence_words(self) -> str:
        return self.licence or gettext("Creative Commons Attribution 4.0 International (CC BY 4.0)")

    @cached_property
    def editions(self) -> list[dict]:
        """What is public in this language, the newest first: see `row_of`."""
        return [self.row_of(edition) for edition in Edition.objects.public_in(self.language)]

    def row_of(self, edition: Edition) -> dict:
        """An edition with its address, its files and theirs."""
        address = f"{self.url}{edition.number}/"
        files = [
            {"kind": kind, "url": f"{address}{edition.file_name(kind, self.file_slug)}", **edition.files[kind]}
            for kind in sorted(edition.files, reverse=True)
        ]
        return {"edition": edition, "url": address, "files": files}

    @cached_property
    def handbook(self) -> BasePage:
        return self.get_parent().specific

    @property
    def file_slug(self) -> str:
        """How the names of its files begin: the address of the handbook."""
        return self.handbook.slug
