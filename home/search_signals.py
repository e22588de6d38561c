"""When the search index follows: as part of the transaction that changes what the public reads."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.signals import page_unpublished

from home import file_texts
from home.models import BasePage, FileText, SiteDocument, TopicTranslation
from home.search_documents import documents_of, is_public
from search import indexing


def follow_page(
    sender: type[Model], instance: Any, raw: bool = False, update_fields: Collection[str] | None = None, **_more: object
) -> None:
    """A page was saved. With `update_fields` Wagtail only notes that there is a new version, or who works on it.

    What belongs to it in other tables (topics, files) isn't stored yet, so it is taken from the page itself.
    """
    if raw or update_fields is not None or not issubclass(sender, Page) or not indexing.is_on():
        return
    if not isinstance(instance, BasePage):  # Wagtail moves the bare row, or takes it down
        if PageViewRestriction.objects.exists():
            indexing.update_and_look_again(_below(instance.path))
        else:
            indexing.update([instance.pk])  # its row is locked, as it was just written
    elif instance.live:
        if is_public(instance):
            indexing.put(documents_of([instance]))
        else:
            indexing.forget([instance.pk])
    elif instance.first_published_at:
        forget_page(sender, instance)


def forget_page(sender: type[Model], instance: Any, **_signal: object) -> None:
    """A page was taken down or deleted, in whatever way. With each of its type goes the bare row: once is enough."""
    if isinstance(instance, BasePage) and indexing.is_on():
        indexing.forget([instance.pk])
        file_texts.forget_unused(set(instance.search_files()))


def follow_restriction(instance: PageViewRestriction, raw: bool = False, **_signal: object) -> None:
    """A part of the tree was closed, or opened again."""
    page = None if raw else Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        indexing.update_and_look_again(_below(page.path))


def follow_closed_collection(instance: CollectionViewRestriction, raw: bool = False, **_signal: object) -> None:
    """Files were closed, or opened again: what they say is no part of public pages, or is."""
    if not raw:
        collections = instance.collection.get_descendants(inclusive=True)
        files = get_document_model()._default_manager.filter(collection__in=collections)
        FileText.objects.filter(document__in=files).delete()  # read again where they are opened
        indexing.update_and_look_again(file_texts.pages_with(files))


def follow_locale(instance: Locale, created: bool, raw: bool = False, **_signal: object) -> None:
    if not created and not raw:
        indexing.update_and_look_again(list(Page.objects.filter(locale=instance).values_list("pk", flat=True)))


def follow_thing(
    instance: Any,
    created: bool = False,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **_signal: object,
) -> None:
    """A file or a topic was changed or deleted, of which pages show the name."""
    if created or raw or update_fields is not None:
        return
    indexing.update_and_look_again(getattr(instance, "_pages_that_show_it", None) or file_texts.pages_with([instance]))


def remember_pages(instance: Any, **_signal: object) -> None:
    """Once it is deleted, nobody knows any more which pages showed it."""
    instance._pages_that_show_it = file_texts.pages_with([instance])


def follow_name(instance: TopicTranslation, raw: bool = False, **_signal: object) -> None:
    """What is a name of a topic, pages in its language show."""
    if instance.is_approved and not raw:
        indexing.update_and_look_again(file_texts.pages_with(Tag.objects.filter(pk=instance.name_id)))


def _below(path: str) -> list[int]:
    return list(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(follow_page, dispatch_uid="search-pages")
    page_unpublished.connect(forget_page, dispatch_uid="search-pages")
    post_delete.connect(forget_page, dispatch_uid="search-pages")
    for model, follow in (
        (PageViewRestriction, follow_restriction),
        (CollectionViewRestriction, follow_closed_collection),
        (SiteDocument, follow_thing),
        (Tag, follow_thing),
        (TopicTranslation, follow_name),
    ):
        post_save.connect(follow, sender=model, dispatch_uid=f"search-{follow.__name__}")
        post_delete.connect(follow, sender=model, dispatch_uid=f"search-{follow.__name__}")
    post_save.connect(follow_locale, sender=Locale, dispatch_uid="search-locale")
    for model in (SiteDocument, Tag):
        pre_delete.connect(remember_pages, sender=model, dispatch_uid="search-pages-of-a-thing")
