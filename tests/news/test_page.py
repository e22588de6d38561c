"""One piece of news."""

import pytest

from tests import factories
from tests.reading import addresses_in_sitemap, document, source

pytestmark = pytest.mark.django_db


def test_an_item_shows_all_that_its_author_gave(client):
    rules = factories.document("Regulamin naboru")
    page = factories.news(
        title="Nabór do Akademii",
        lead="Sześć zjazdów.",
        regions=["krakow-metro"],
        lead_image=factories.image(credit="Rys. Zespół"),
        lead_image_alt="Sześć krzeseł w kręgu.",
        lead_image_caption="Sala przy Podwórkowej",
        funding="other",
        funder="Akademię finansuje Województwo.",
        body=[("text", "<h2>Program</h2><p>Zjazd pierwszy.</p>")],
    )
    page.tags.add("akademia lidera")
    page.attachment_items.create(document=rules)
    factories.publish(page)
    shown = source(client.get(page.url))
    for words in (
        "Nabór do Akademii",
        "Sześć zjazdów.",
        "Krakowski Obszar Metropolitalny",
        'alt="Sześć krzeseł w kręgu."',
        "Sala przy Podwórkowej",
        "Rys. Zespół",
        "Akademię finansuje Województwo.",
        "akademia lidera",
        "Regulamin naboru",
        '<h2 id="program">Program</h2>',
    ):
        assert words in shown, words


def test_related_news_are_of_the_same_kind_first_and_never_the_item_itself():
    page = factories.news(kind="gala", date=factories.day(-1))
    same = factories.news(kind="gala", date=factories.day(-9))
    newest = factories.news(kind="report", date=factories.day(-2))
    older = factories.news(kind="report", date=factories.day(-3))
    factories.news(kind="report", date=factories.day(-4))
    factories.news(kind="gala", live=False)
    assert page.related == [same, newest, older]


def test_a_draft_is_not_to_be_had(client):
    page = factories.news(live=False)
    assert client.get(page.url).status_code == 404


def test_an_unpublished_item_is_gone_from_all_lists(client):
    page = factories.news(title="Już nieaktualne")
    page.unpublish()
    assert page.full_url not in addresses_in_sitemap(client)
    for address in ("/aktualnosci/", "/aktualnosci/rss/", "/"):
        assert "Już nieaktualne" not in client.get(address).content.decode(), address
        assert page.slug not in client.get(address).content.decode(), address


def test_a_small_picture_is_offered_once_in_each_format(client):
    """Its copy is the same for every width: browsers reject a width that stands twice in a srcset."""
    page = factories.news(lead_image=factories.image(), lead_image_alt="Mural.")
    (picture,) = document(client.get(page.url)).xpath("//main//picture")
    assert [source.get("srcset").endswith((".avif", ".webp")) for source in picture.iter("source")] == [True, True]
    assert picture.xpath(".//img/@src") and not picture.xpath(".//img/@srcset")
