"""From an address to its page, as Wagtail finds it, in two queries."""

import pytest
from wagtail.models import Page, Site

from home import routing
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    news = factories.news(slug="wiadomosc")
    factories.translated(news, slug="item")
    return news


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/en/",
        "/aktualnosci/",
        "/en/news/",
        "/aktualnosci/wiadomosc/",
        "/en/news/item/",
        "/en/aktualnosci/wiadomosc/",
        "/aktualnosci/rss/",
        "/aktualnosci/nie-ma/",
        "/wiadomosc/",
        "/aktualnosci/wiadomosc/wiadomosc/",
        "/" + "a/" * 40,
    ],
)
def test_the_same_page_answers_as_on_wagtails_own_way(client, pages, monkeypatch, address):
    ours = client.get(address)
    monkeypatch.setattr(routing, "find", lambda request, path: None)
    stock = client.get(address)
    assert (ours.status_code, ours.content) == (stock.status_code, stock.content)


def test_a_page_above_that_is_not_public_is_no_step_of_the_way(client):
    news = factories.news()
    Page.objects.filter(pk=news.get_parent().pk).update(live=False)
    page = client.get(news.url).context["page"]
    assert [step.slug for step in page.breadcrumbs] == [factories.home().slug]


def test_an_unknown_host_gets_the_default_site_and_none_gets_no_page(client):
    assert client.get("/aktualnosci/", headers={"host": "127.0.0.1"}).status_code == 200
    Site.objects.all().delete()
    assert client.get("/aktualnosci/").status_code == 404
