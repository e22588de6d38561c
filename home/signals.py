"""What makes the public site change."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from taggit.models import Tag
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    published,
    unpublished,
)

from approval.release_publication import published_together
from home import alphabet
from home.cache import announce_change, raise_generation, raise_generation_with_commit
from home.models import BasePage, ItemPage, SiteDocument, SiteImage, SiteSettings, TopicTranslation
from home.models.terms import index_terms
from home.tasks import prepare_pictures

PICTURES = "prepare-pictures"


def raise_for_page(sender: type, update_fields: Collection[str] | None = None, **signal: object) -> None:
    """A page was deleted, or its row saved: with `update_fields` Wagtail notes that there is a new version."""
    if issubclass(sender, BasePage) and update_fields is None:
        raise_generation()


def index_saved_terms(
    sender: type, instance: Any, raw: bool = False, update_fields: Collection[str] | None = None, **signal: object
) -> None:
    """Filters look into an index of what pages chose. It says what the row says, so a new version doesn't touch it."""
    if raw or not issubclass(sender, ItemPage) or not sender.term_fields:
        return
    if update_fields is None or set(sender.term_fields.values()) & set(update_fields):
        index_terms([instance])


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
    published_together.connect(raise_generation_with_commit, dispatch_uid="content-generation")
    for signal in (published, unpublished):
        signal.connect(raise_generation, sender=SiteSettings, dispatch_uid="content-generation")
    for before, signal in ((pre_save, post_save), (pre_delete, post_delete)):
        things = (Locale, Site, SiteSettings, PageViewRestriction, Redirect, SiteDocument, SiteImage)
        for model in (*things, Tag, TopicTranslation):
            signal.connect(raise_generation, sender=model, dispatch_uid=f"generation-{model.__name__}")
            # Where each row is a transaction of its own, the signals after it come after the commit.
            before.connect(announce_change, sender=model, dispatch_uid=f"generation-{model.__name__}")
        signal.connect(raise_for_page, dispatch_uid="generation-page")
    page_published.connect(prepare_pictures_of, dispatch_uid=PICTURES)
    connection_created.connect(alphabet.teach, dispatch_uid="alphabet")
    post_save.connect(index_saved_terms, dispatch_uid="terms")
