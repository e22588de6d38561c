"""The demo content, loaded once for this folder, and every public page of it as a visitor gets it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import lxml.html
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from wagtail.models import Page

from home import resizing
from tests import demo as content


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


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker, kept_demo, tmp_path_factory) -> Iterator[None]:
    """A database with the demo content; it goes away after the last test of this folder."""
    with django_db_blocker.unblock():
        if connection.vendor != "sqlite":
            with transaction.atomic():
                if kept_demo.exists():  # made by the tests on SQLite
                    content.bring_rows(kept_demo)
                else:
                    content.load()
                yield
                transaction.set_rollback(True)
            content.forget()
            return
        with content.in_memory(kept_demo, tmp_path_factory.mktemp("before")):
            yield


@pytest.fixture(scope="package")
def shown(demo) -> list[Shown]:
    """Every page that is public, in both languages."""
    visitor = Client()
    pages = Page.objects.filter(depth__gt=1).live().public().order_by("path").select_related("locale").specific()
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor != "sqlite":  # nobody has kept the copies of the pictures: pages show these themselves
            patch.setattr(resizing, "is_done_elsewhere", lambda: True)
        return [Shown(page, page.url, visitor.get(page.url)) for page in pages]


@pytest.fixture(autouse=True)
def in_the_demo(demo, db) -> None:
    """Each test of this folder sees the demo and rolls back to it."""
