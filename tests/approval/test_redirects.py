"""What leads on from an old address: to what is public, from where something public was."""

import pytest
from django.db import transaction
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from home.models import StandardPage
from tests.workflow import fresh, news_index, publish_properly


@pytest.fixture
def rename(autorka, django_capture_on_commit_callbacks):
    """`rename(page, slug)`: a draft with another address, as the editor saves it."""

    def save(page, slug):
        page = fresh(page)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            page.save()
            page.save_revision(user=autorka)
        return fresh(page)

    return save


def test_a_draft_that_was_never_public_leaves_no_redirect(draft, autorka, rename):
    home = news_index().get_parent()
    parent = StandardPage(title="Parent", slug="parent", owner=autorka, live=False)
    home.add_child(instance=parent)
    renamed = rename(draft, "not-told-yet")
    renamed.move(parent, pos="last-child")
    assert not Redirect.objects.exists()


def test_what_was_taken_down_is_led_to_again_once_it_is_public(live_page, autorka, redaktorka, koordynatorka, rename):
    old = live_page.url
    live_page.unpublish(user=koordynatorka)
    page = rename(live_page, "not-told-yet")
    assert Client().get(old).status_code == 404
    assert Client().get(f"{old}?utm=1").status_code == 404
    page = publish_properly(page, autorka, redaktorka, koordynatorka)
    answer = Client().get(old)
    assert (answer.status_code, answer["Location"]) == (301, page.url)
