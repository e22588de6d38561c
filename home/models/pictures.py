"""The picture that stands for a page: in lists, in links from elsewhere, for search engines."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from home import seo


class PictureMixin(models.Model):
    """A page with one picture of its own, in the fields `picture_field` and `picture_field`_alt."""

    picture_field: ClassVar[str] = "lead_image"
    picture_needs_words: ClassVar[str | Promise] = _("Say what the picture shows: some readers only hear it.")

    class Meta:
        abstract = True

    @cached_property
    def share_image(self) -> Any:
        picture = getattr(self, self.picture_field)
        return picture.get_usable_rendition(seo.SHARE_IMAGE_FILTER) if picture else None

    @property
    def share_image_alt(self) -> str:
        return getattr(self, f"{self.picture_field}_alt")

    def find_errors(self) -> dict[str, Any]:
        """A picture without a description is refused."""
        errors = super().find_errors()
        if getattr(self, f"{self.picture_field}_id") and not self.share_image_alt.strip():
            errors[f"{self.picture_field}_alt"] = self.picture_needs_words
        return errors

    def search_passages(self) -> Iterator[Any]:
        if getattr(self, f"{self.picture_field}_id"):
            yield self.share_image_alt
        yield from super().search_passages()

    def image_data(self) -> dict[str, list[str]]:
        """The picture as a property of a schema.org object; nothing where there is none."""
        return {"image": [seo.absolute(self.share_image.url)]} if self.share_image else {}


class LeadImageMixin(PictureMixin):
    """A picture above the text."""

    lead_image = models.ForeignKey(
        "home.SiteImage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead picture"),
    )
    lead_image_alt = models.CharField(
        _("description of the picture"),
        max_length=300,
        blank=True,
        help_text=_("What is to be seen, in this page's language. All that a blind reader gets."),
    )

    class Meta:
        abstract = True
