"""Pictures, with the words that belong to them."""

import logging
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

log = logging.getLogger(__name__)


class SiteImage(AbstractImage):
    """One file for all languages. `description` says in Polish what is to be seen.

    Each use of a picture on a page has its own alternative text in the page's language; this
    description is offered as its first draft.
    """

    credit = models.CharField(
        _("author or source"),
        max_length=200,
        blank=True,
        help_text=_("Who drew or took it, as it should be printed under the picture."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        *(f"focal_point_{name}" for name in ("x", "y", "width", "height")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_renditions(self, *filters: Any) -> dict[str, AbstractRendition]:
        """Each size and format once: a small original gives the same copy for every larger width.

        Browsers want no width twice in a `srcset` (HTML, "image candidate string").
        """
        unique: dict[Any, tuple[str, AbstractRendition]] = {}
        for spec, copy in super().get_renditions(*filters).items():
            # One that stands in for a copy that could not be made does so for each of them.
            size = (copy.width, copy.height, Path(copy.file.name).suffix) if copy.file.name != self.file.name else spec
            unique.setdefault(size, (spec, copy))
        return dict(unique.values())

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        try:
            return super().create_rendition(filter)
        except OSError:
            return self._as_uploaded()

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        try:
            return super().create_renditions(*filters)
        except OSError:
            return dict.fromkeys(filters, self._as_uploaded())

    def _as_uploaded(self) -> AbstractRendition:
        """A full disk, or a lost file, takes no page and no list of pages away from visitors."""
        log.exception("Picture %s could not be resized", self.pk)
        rendition = SiteRendition(image=self, width=self.width, height=self.height)
        rendition.file.name = self.file.name
        return rendition


class SiteRendition(AbstractRendition):
    """A resized copy."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("image rendition")
        verbose_name_plural = _("image renditions")
