"""The demo content, loaded once for this folder, and every public page of it as a visitor gets it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import lxml.html
import pytest
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from PIL import Image
from wagtail.models import Page

from home.models import SiteImage


@dataclass
class Shown:
    """A page and the answer that a visitor got for it."""

    page: Page
    url: str
    response: HttpResponse

    @property
    def language(self) -> str:
        return self.page.locale.language_code

    @cached_property
    def text(self) -> str:
        return self.response.content.decode()

    @cached_property
    def document(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.response.content)


def paint_over_pictures() -> None:
    """Pictures of one colour and the same size give the same pages; their many copies are made much faster."""
    for image in SiteImage.objects.all():
        Image.new("RGB", (image.width, image.height), "#0B3F47").save(image.file.path)


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database with the demo content; it goes away after the last test of this folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEBUG=True):
            call_command("load_demo", verbosity=0, without_pictures=True)
        paint_over_pictures()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="package")
def shown(demo) -> list[Shown]:
    """Every page that is public, in both languages."""
    visitor = Client()
    pages = Page.objects.filter(depth__gt=1).live().public().order_by("path").select_related("locale").specific()
    return [Shown(page, page.url, visitor.get(page.url)) for page in pages]


@pytest.fixture(autouse=True)
def in_the_demo(demo, db) -> None:
    """Each test of this folder sees the demo and rolls back to it."""
