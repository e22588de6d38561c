"""The sizes of the demo's pictures, made before visitors ask for them."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.module_loading import autodiscover_modules
from wagtail.models import Page

from home.tasks import prepare_pictures

from .entries import KINDS, read_entries


def resize(say: Callable[[str], None], goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Resize what isn't yet, page by page, the front pages first; returns whether all are there.

    Stops where `goes_on` says no. Generated pages (`--pages`) have no pictures, and are left out.
    """
    autodiscover_modules("demo")
    keys = {entry.translation_key for kind in KINDS for entry in read_entries(kind.folder, kind.app)}
    pages = Page.objects.live().filter(Q(depth__in=(2, 3)) | Q(translation_key__in=keys)).order_by("depth", "path")
    numbers = list(pages.values_list("pk", flat=True))
    for done, pk in enumerate(numbers):
        if not goes_on():
            return False
        if done % 20 == 0:
            say(f"Sizes of pictures: page {done + 1} of {len(numbers)}…")
        prepare_pictures.call(pk)
    return True
