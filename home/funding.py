"""Who pays: news and events name their own funder, so that no money is misattributed."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import MultiFieldPanel


class Funding(models.TextChoices):
    PROJECT = "project", _("this project (European Union)")
    OTHER = "other", _("another programme or funder")
    NONE = "none", _("without outside money")


class FundingMixin(models.Model):
    funding = models.CharField(_("paid for by"), max_length=10, choices=Funding, default=Funding.PROJECT)
    funder = models.CharField(
        _("name of the other funder"),
        max_length=300,
        blank=True,
        help_text=_("A full sentence as the funder wants it, if it is not this project."),
    )

    funding_panel = MultiFieldPanel(["funding", "funder"], heading=_("Funding"))

    class Meta:
        abstract = True

    @property
    def names_other_funder(self) -> bool:
        return self.funding == Funding.OTHER

    @property
    def funding_text(self) -> str:
        """The sentence about money for readers; empty where the site's own statement says it."""
        return self.funder if self.names_other_funder else ""

    def search_subjects(self) -> Iterator[Any]:
        yield from super().search_subjects()  # type: ignore[misc]
        yield self.funding_text

    def find_errors(self) -> dict[str, Any]:
        """Another funder without a name is refused."""
        errors = super().find_errors()  # type: ignore[misc]
        if self.names_other_funder and not self.funder.strip():
            errors["funder"] = _("Name the funder, or choose this project.")
        return errors
