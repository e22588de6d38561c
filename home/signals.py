"""What makes the public site change."""

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

from home.cache import raise_generation
from home.models import BasePage, SiteSettings


def raise_for_page(sender: type, **signal: object) -> None:
    if issubclass(sender, BasePage):
        raise_generation()


def connect() -> None:
    """Called once, when the app is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(raise_generation, dispatch_uid="content-generation")
    for signal in (published, unpublished):
        signal.connect(raise_generation, sender=SiteSettings, dispatch_uid="content-generation")
    for signal in (post_save, post_delete):
        for model in (Locale, Site, SiteSettings):
            signal.connect(raise_generation, sender=model, dispatch_uid=f"generation-{model.__name__}")
    post_delete.connect(raise_for_page, dispatch_uid="generation-page-deleted")
