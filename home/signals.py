"""What makes the public site change."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from taggit.models import Tag
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from approval.models import GatedMixin
from approval.release_publication import published_together
from home import alphabet
from home.cache import announce_change, raise_generation, raise_generation_with_commit
from home.models import BasePage, ItemPage, SiteDocument, SiteImage, SiteRendition, TopicTranslation
from home.models.terms import index_terms
from home.tasks import prepare_pictures

PICTURES = "prepare-pictures"


def announce(**change: Any) -> None:
    """Before something is saved or deleted: where each row is a transaction of its own, afterwards is too late."""
    if _is_public(**change):
        announce_change()


def follow(**change: Any) -> None:
    """Something was saved or deleted."""
    if _is_public(**change):
        raise_generation()


def _is_public(
    sender: type[Model],
    instance: Any,
    signal: object,
    created: bool | None = None,
    update_fields: Collection[str] | None = None,
    **_more: object,
) -> bool:
    """Whether visitors may see a change. Redirects are none: what isn't there is never kept."""
    is_new = instance._state.adding if created is None else created
    if issubclass(sender, Page | GatedMixin):  # with `update_fields` Wagtail notes that there is a new version
        return update_fields is None and (instance.live or not is_new)
    if issubclass(sender, SiteImage | SiteDocument | Tag) and signal in (pre_save, post_save):
        return not is_new and ReferenceIndex.get_references_to(instance).exists()
    if issubclass(sender, SiteRendition):  # new ones are made by who reads; pages still name those that go
        return signal in (pre_delete, post_delete)
    if issubclass(sender, TopicTranslation):
        return instance.is_approved
    return issubclass(sender, SiteImage | SiteDocument | Tag | Locale | Site | PageViewRestriction)


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
    for before, after in ((pre_save, post_save), (pre_delete, post_delete)):
        before.connect(announce, dispatch_uid="content-generation")
        after.connect(follow, dispatch_uid="content-generation")
    page_published.connect(prepare_pictures_of, dispatch_uid=PICTURES)
    connection_created.connect(alphabet.teach, dispatch_uid="alphabet")
    post_save.connect(index_saved_terms, dispatch_uid="terms")
