"""What makes the public site change."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete, post_save
from wagtail.models import Locale, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from home import alphabet
from home.cache import raise_generation
from home.models import BasePage, SiteSettings
from home.tasks import prepare_pictures

PICTURES = "prepare-pictures"


def raise_for_page(sender: type, **signal: object) -> None:
    if issubclass(sender, BasePage):
        raise_generation()


def prepare_pictures_of(instance: BasePage, **signal: object) -> None:
    transaction.on_commit(lambda: prepare_pictures.enqueue(instance.pk), robust=True)


@contextmanager
def without_pictures() -> Iterator[None]:
    """For commands that publish many pages and prepare the pictures themselves, or not at all."""
    page_published.disconnect(dispatch_uid=PICTURES)
    try:
        yield
    finally:
        page_published.connect(prepare_pictures_of, dispatch_uid=PICTURES)


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(raise_generation, dispatch_uid="content-generation")
    for signal in (published, unpublished):
        signal.connect(raise_generation, sender=SiteSettings, dispatch_uid="content-generation")
    for signal in (post_save, post_delete):
        for model in (Locale, Site, SiteSettings):
            signal.connect(raise_generation, sender=model, dispatch_uid=f"generation-{model.__name__}")
    page_published.connect(prepare_pictures_of, dispatch_uid=PICTURES)
    connection_created.connect(alphabet.teach, dispatch_uid="alphabet")
    post_delete.connect(raise_for_page, dispatch_uid="generation-page-deleted")
