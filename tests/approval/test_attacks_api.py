"""Attacks through Wagtail's API, mounted on purpose: publish, change, copy, take down, delete."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page

from news.models import NewsPage
from tests.workflow import (
    SMUGGLED,
    news_index,
    nothing_changes_for_visitors,
)

pytestmark = pytest.mark.usefixtures("shared_pages")

STAFF = ("autorka", "koordynatorka", "admin")


# --- The admin's own API --------------------------------------------------------------------------


@pytest.mark.parametrize("action", ("copy_for_translation", "create_alias", "convert_alias", "publish", "copy"))
@pytest.mark.parametrize("state", ("draft", "live_page"))
def test_every_action_of_the_api_behind_the_explorer(client_as, pages, admin, state, action):
    """Twice: a translation that is there already was an error of the server."""
    page = pages(state)
    data = json.dumps({"locale": "en", "keep_live": True, "slug": "copy", "recursive": False})
    with nothing_changes_for_visitors(*([page] if page.live else [])):
        for _time in range(2):
            url = f"{reverse('wagtailadmin_home')}api/main/pages/{page.pk}/action/{action}/"
            answer = client_as(admin).post(url, data, content_type="application/json")
            assert answer.status_code < 500
    translations_and_aliases = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    assert not translations_and_aliases.exists()


# --- The API, mounted on purpose ----------------------------------------------------------------


@pytest.fixture
def api(settings, pages):
    """`api(who, method, path, data)`: a request with a token of that person; never a crash."""
    settings.ROOT_URLCONF = "tests.approval.api_urls"

    def request(who, method, path, data=None):
        _token, secret = APIToken.create_token(user=pages(who), name=who)
        answer = Client().generic(
            method,
            f"/api/v3/pages/{path}",
            json.dumps(data or {}),
            content_type="application/json",
            headers={"authorization": f"Bearer {secret}"},
        )
        assert answer.status_code < 500
        assert answer.status_code != 401, "the token works"
        return answer

    return request


@pytest.mark.parametrize("state", ("draft", "in_approval", "live_page"))
def test_the_publish_action_of_the_api(api, pages, state):
    page = pages(state)
    with nothing_changes_for_visitors(page):
        for who in STAFF:
            page.lead = f"{SMUGGLED} {who}"
            page.save_revision(user=pages(who))
            api(who, "POST", f"{page.pk}/actions/publish/")


def test_patch_with_the_action_publish(api, live_page):
    with nothing_changes_for_visitors(live_page):
        for who in STAFF:
            for meta in ({"action": "publish"}, {}):
                words = {"meta": {"type": "news.NewsPage", **meta}, "lead": f"{SMUGGLED} {who} {len(meta)}"}
                api(who, "PATCH", f"{live_page.pk}/", words)


def test_post_with_the_action_publish(api, pages):
    with nothing_changes_for_visitors():
        for who in STAFF:
            data = {
                "meta": {"type": "news.NewsPage", "parent_id": news_index().pk, "action": "publish"},
                "title": "New",
                "slug": f"new-{who}",
                "lead": SMUGGLED,
                "kind": "training",
                "date": "2025-05-03",
                "funding": "project",
            }
            api(who, "POST", "", data)
    assert not NewsPage.objects.filter(slug__startswith="new-", live=True).exists()


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("copy", {"keep_live": True}),
        ("copy", {"keep_live": True, "recursive": True}),
        ("create_alias", {}),
        ("revert", {}),
    ],
)
def test_every_other_action_of_the_api(api, live_page, action, data):
    older = live_page.revisions.first().pk
    with nothing_changes_for_visitors(live_page):
        for who in STAFF:
            own = {"revision_id": older} if action == "revert" else {"slug": f"{action}-{who}"}
            api(who, "POST", f"{live_page.pk}/actions/{action}/", {**data, **own})


@pytest.mark.parametrize("who", STAFF)
def test_translating_with_the_api(api, live_page, who):
    """Each finds a page without a translation."""
    with nothing_changes_for_visitors(live_page):
        api(who, "POST", f"{live_page.pk}/actions/copy_for_translation/", {"locale": "en", "alias": True})


@pytest.mark.parametrize("who", ("autorka", "redaktorka"))
def test_taking_down_moving_and_deleting_with_the_api(api, live_page, who):
    with nothing_changes_for_visitors(live_page):
        api(who, "POST", f"{live_page.pk}/actions/unpublish/", {"recursive": True})
        api(who, "POST", f"{live_page.pk}/actions/move/", {"destination_id": news_index("en").pk})
        api(who, "DELETE", f"{live_page.pk}/actions/delete/")
        api(who, "DELETE", f"{live_page.pk}/")


def test_deleting_with_the_api_as_superuser(api, live_page):
    with nothing_changes_for_visitors(live_page):
        api("admin", "DELETE", f"{live_page.pk}/")
