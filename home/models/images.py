"""Pictures, with the words that belong to them."""

import hashlib
import logging
import time
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import DatabaseError, models
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.search import index

from home import resizing
from home.cache import do_not_keep
from home.picture_colours import in_usual_colours
from home.picture_metadata import without_metadata
from home.tasks import prepare_copies

log = logging.getLogger(__name__)

DRAWN_STAND_IN = "img/no-picture.svg"
RETRY_AFTER = 10 * 60  # seconds until a copy that failed is tried again: each try may cost a second and much memory
WORKER_TAKES = 2 * 60  # seconds that a reader sees the original of a large picture, at most
REPORT_AFTER = 24 * 60 * 60  # seconds until the operator reads of the same picture again


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

    search_fields = [*AbstractImage.search_fields, index.FilterField("id")]

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new file is kept without its camera's notes, in a screen's colours: whatever is made of it is so."""
        if self.file and not self.file._committed:
            self._prepare_file()
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """What is offered where the picture is chosen. Not its title, which mostly is the name of a file."""
        return self.description

    def _prepare_file(self) -> None:
        self.file.seek(0)
        content = self.file.read()
        self.file.seek(0)
        try:
            cleaned = in_usual_colours(without_metadata(content))
        except ValueError:  # the form refuses a broken file; a command may bring one, and pages live with it
            return
        if cleaned != content:
            self.file.file = ContentFile(cleaned, self.file.name)
            self._set_image_file_metadata()

    def get_renditions(self, *filters: Any) -> dict[str, AbstractRendition]:
        """Each size and format once: a small original gives the same copy for every larger width.

        Browsers want no width twice in a `srcset` (HTML, "image candidate string"). Copies that can't be made are
        left out; where none can, one stands in for all.
        """
        filters = tuple(_filter(filter if isinstance(filter, str) else filter.spec) for filter in filters)
        try:
            renditions = super().get_renditions(*filters)
        except NoRenditionError:
            each = [self.get_rendition(filter) for filter in filters]
            specs = [filter.spec for filter in filters]
            made = {spec: copy for spec, copy in zip(specs, each, strict=True) if not copy.stand_in}
            renditions = made or dict(zip(specs, each[:1], strict=False))
        unique: dict[Any, tuple[str, AbstractRendition]] = {}
        for spec, copy in renditions.items():
            unique.setdefault((copy.width, copy.height, Path(copy.file.name).suffix), (spec, copy))
        return dict(unique.values())

    # --- A file that can't be resized takes no page away from visitors

    def get_rendition(self, filter: Filter | str) -> "SiteRendition":
        """The copy for `filter`, or one that stands in for it (`stand_in`): Wagtail never caches the latter."""
        try:
            return super().get_rendition(filter)
        except NoRenditionError as error:
            return self._stand_in(error.shows_original)

    def get_usable_rendition(self, filter: Filter | str) -> "SiteRendition | None":
        """The copy for `filter` for other programs (feeds, social media), or None where it could not be made."""
        rendition = self.get_rendition(filter)
        return None if rendition.stand_in else rendition

    def create_rendition(self, filter: Filter) -> AbstractRendition:
        """As Wagtail's; raises NoRenditionError for whatever is wrong with the file or the disk."""
        if resizing.is_done_elsewhere():
            raise NoRenditionError(shows_original=True)
        if self._leave_to_worker([filter.spec]):
            raise NoRenditionError(shows_original=True)
        failed = cache.get(self._failure_key(filter.spec))
        if failed is not None:
            raise NoRenditionError(shows_original=failed)
        filter.operations  # noqa: B018 - a misspelt filter is our fault, not the file's
        try:
            return super().create_rendition(filter)
        except DatabaseError:
            raise
        except Exception as error:  # Pillow and Willow promise no list of what a broken file may raise
            # An error of the disk has a number. The file itself is good then, and browsers can show it.
            is_original_good = isinstance(error, OSError) and error.errno is not None
            cache.set(self._failure_key(filter.spec), is_original_good, RETRY_AFTER)
            if cache.add(self._failure_key("reported"), True, REPORT_AFTER):
                log.exception("Picture %s could not be resized: %s", self.pk, self.file.name)
            raise NoRenditionError(shows_original=is_original_good) from error

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """As Wagtail's, all or nothing; raises NoRenditionError."""
        specs = [filter.spec for filter in filters]
        if filters and (self._has_failed(filters) or resizing.is_done_elsewhere() or self._leave_to_worker(specs)):
            raise NoRenditionError
        try:
            return super().create_renditions(*filters)
        except DatabaseError:
            raise
        except Exception as error:  # which copy it was, the next attempt one by one will say
            raise NoRenditionError from error

    def _leave_to_worker(self, specs: list[str]) -> bool:
        """Whether the worker makes these copies; it is asked once. One that doesn't come is not waited for long."""
        if not resizing.waits_for_worker(self.width * self.height):
            return False
        now = time.time()
        new = [spec for spec in specs if cache.add(self._failure_key(f"asked {spec}"), now, RETRY_AFTER)]
        if new:
            prepare_copies.enqueue(self.pk, new)
        asked = cache.get_many([self._failure_key(f"asked {spec}") for spec in specs])
        return all(now - at < WORKER_TAKES for at in asked.values())

    def _has_failed(self, filters: Sequence[Filter]) -> bool:
        return bool(cache.get_many([self._failure_key(filter.spec) for filter in filters]))

    def _failure_key(self, what: str) -> str:
        """A new file of the picture has a new name, and so is tried at once."""
        facts = f"{self.pk} {self.file.name} {what}"
        return f"no-rendition-{hashlib.sha256(facts.encode()).hexdigest()}"

    def _stand_in(self, shows_original: bool) -> "SiteRendition":
        rendition = SiteRendition(image=self, width=self.width, height=self.height)
        do_not_keep()
        rendition.stand_in = StandIn.ORIGINAL if shows_original else StandIn.DRAWN
        rendition.file.name = self.file.name
        return rendition


@lru_cache(maxsize=512)
def _filter(spec: str) -> Filter:
    """One for all pictures: each would look up anew what the parts of `spec` mean, an eighth of the time of a list."""
    return Filter(spec=spec)


class NoRenditionError(Exception):
    """A copy could not be made; `shows_original` if the file itself can be shown instead."""

    def __init__(self, shows_original: bool = False) -> None:
        super().__init__()
        self.shows_original = shows_original


class StandIn(Enum):
    """What visitors get where a copy could not be made."""

    ORIGINAL = "original"
    DRAWN = "drawn"


class SiteRendition(AbstractRendition):
    """A resized copy."""

    stand_in: StandIn | None = None
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("image rendition")
        verbose_name_plural = _("image renditions")

    @property
    def url(self) -> str:
        return static(DRAWN_STAND_IN) if self.stand_in is StandIn.DRAWN else super().url
