"""RSS and Atom of the news: valid, whole, in one language each."""

import datetime
from email.utils import parsedate_to_datetime

import pytest
from lxml import etree, html

from news.feeds import FEED_LENGTH, IMAGE_FILTER
from news.models import NewsIndexPage, NewsPage
from tests import factories
from tests.schemas import ATOM, PARSER, parsed

BASE = "http://localhost:8000"
NEWS = {"pl": "/aktualnosci/", "en": "/en/news/"}
ATOM_NAMESPACE = {"a": ATOM.namespace}
LEAD = "Formularz <PDF> & regulamin"
languages = pytest.mark.parametrize("language", ["pl", "en"])


@pytest.mark.django_db
class TestFeeds:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def items(cls, tree):
        picture = factories.image()
        polish = factories.news(
            title="Nabór „Sąsiedzi” & spółka <2026>",
            date=factories.day(-3),
            lead=LEAD,
            regions=["krakow"],
            lead_image=picture,
            lead_image_alt=factories.ALT,
        )
        factories.news(title="Starsza", date=factories.day(-30))
        factories.news(title="Szkic", live=False)
        factories.translated(polish, title="Call for neighbours", slug="call", lead="Come in.")

    def rss(self, client, language):
        response = client.get(f"{NEWS[language]}rss/")
        assert response.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
        return etree.fromstring(response.content, PARSER)

    def atom(self, client, language):
        response = client.get(f"{NEWS[language]}atom/")
        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        return parsed(response.content, ATOM)

    @pytest.mark.parametrize("kind", ["rss", "atom"])
    def test_a_lost_picture_takes_no_feed_away(self, client, kind):
        (news,) = NewsPage.objects.filter(lead_image__isnull=False, locale__language_code="pl")
        copy = news.lead_image.get_rendition(IMAGE_FILTER)
        copy.file.storage.delete(copy.file.name)
        response = client.get(f"{NEWS['pl']}{kind}/")
        assert response.status_code == 200
        assert news.title.split()[0] in response.content.decode()
        assert copy.file.url not in response.content.decode()

    @languages
    def test_rss_has_what_the_standard_requires(self, client, language):
        root = self.rss(client, language)
        assert (root.tag, root.get("version")) == ("rss", "2.0")
        (channel,) = root
        for name in ("title", "link", "description", "lastBuildDate"):
            assert channel.findtext(name).strip(), name
        assert channel.findtext("language") == language
        assert channel.findtext("link") == f"{BASE}{NEWS[language]}"
        for item in channel.iter("item"):
            assert item.findtext("title") and item.findtext("description")
            assert item.findtext("link").startswith(f"{BASE}{NEWS[language]}")
            guid = item.find("guid")
            assert guid.get("isPermaLink") == "false" and guid.text.startswith("urn:uuid:")
            assert parsedate_to_datetime(item.findtext("pubDate")).tzinfo

    @languages
    def test_atom_follows_its_schema(self, client, language):
        feed = self.atom(client, language)
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert feed.xpath("a:link[@rel='self']/@href", namespaces=ATOM_NAMESPACE) == [f"{BASE}{NEWS[language]}atom/"]

    def test_a_feed_has_the_published_news_of_its_language_newest_first(self, client):
        titles = self.rss(client, "pl").xpath("//item/title/text()")
        assert titles == ["Nabór „Sąsiedzi” & spółka <2026>", "Starsza"]
        assert self.rss(client, "en").xpath("//item/title/text()") == ["Call for neighbours"]

    def test_the_same_item_has_its_own_id_in_each_language(self, client):
        (polish, _older), (english,) = (self.rss(client, code).xpath("//guid/text()") for code in ("pl", "en"))
        assert polish.removesuffix("pl") == english.removesuffix("en")
        assert polish != english

    def test_signs_of_a_lead_stay_signs_where_readers_expect_html(self, client):
        (summary, _older) = self.atom(client, "pl").iter("{*}summary")
        assert summary.get("type") == "html"
        for text in (summary.text, self.rss(client, "pl").xpath("//item/description/text()")[0]):
            assert html.fromstring(text).text_content() == LEAD

    def test_dates_are_those_that_readers_see(self, client):
        published = self.atom(client, "pl").xpath("//a:published/text()", namespaces=ATOM_NAMESPACE)
        days = [datetime.datetime.fromisoformat(moment).date() for moment in published]
        assert days == [factories.day(-3), factories.day(-30)]

    def test_a_picture_goes_along_with_its_type_and_size(self, client):
        with_picture, without = self.rss(client, "pl").iter("item")
        enclosure = with_picture.find("enclosure")
        assert enclosure.get("type") == "image/jpeg"
        assert enclosure.get("url").startswith(f"{BASE}/media/")
        assert int(enclosure.get("length")) > 0
        assert without.find("enclosure") is None

    def test_a_feed_does_not_grow_without_end(self, client):
        factories.copies(factories.news(), FEED_LENGTH)
        assert len(list(self.rss(client, "pl").iter("item"))) == FEED_LENGTH


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_a_feed_without_news_is_valid_too(client, kind):
    response = client.get(f"/aktualnosci/{kind}/")
    assert response.status_code == 200
    if kind == "atom":
        parsed(response.content, ATOM)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_page_tells_feed_readers_where_the_feeds_are(client, language):
    page = client.get({"pl": "/", "en": "/en/"}[language]).content.decode()
    for kind in ("rss", "atom"):
        assert f'type="application/{kind}+xml"' in page
        assert f'href="{NEWS[language]}{kind}/"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("feed", ["rss", "atom"])
def test_a_sign_that_xml_forbids_takes_the_feed_from_nobody(client, feed):
    """It is public since before texts were cleaned."""
    index = factories.section("news")
    page = factories.news()
    signs = f"Wiersz\x0bdrugi{factories.NUL}\ufffe wiersz"
    NewsPage.objects.filter(pk=page.pk).update(title=signs, lead=signs)
    NewsIndexPage.objects.update(title=signs, lead=signs)
    answer = client.get(f"{index.url}{feed}/")
    assert answer.status_code == 200
    words = " ".join(etree.fromstring(answer.content).itertext())
    assert words.count("Wiersz drugi wiersz") >= 3
