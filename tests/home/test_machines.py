"""What the site tells machines at fixed addresses: robots, security researchers, phones, monitors."""

import datetime
import json

import lxml.html
import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from home import sitemaps
from tests import factories
from tests.reading import addresses_in_sitemap, sitemap
from tests.schemas import XHTML_LINK

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def text(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_robots_may_read_all_but_the_admin_and_the_search(client):
    lines = text(client, "/robots.txt").splitlines()
    assert lines[0] == "User-agent: *"
    assert [line for line in lines if line.startswith("Disallow")] == [
        "Disallow: /admin/",
        "Disallow: /szukaj/",
        "Disallow: /en/search/",
    ]
    assert f"Sitemap: {BASE}/sitemap.xml" in lines


def test_security_txt_has_the_fields_of_rfc_9116(client):
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    names = [name for name, _value in fields]
    values = dict(fields)
    assert names.count("Expires") == 1 and "Contact" in names
    assert values["Contact"].startswith(("mailto:", "https://", "tel:"))
    assert values["Canonical"] == f"{BASE}/.well-known/security.txt"
    expires = datetime.datetime.fromisoformat(values["Expires"])
    # "recommended … less than a year into the future" (section 2.5.5)
    assert timezone.now() < expires <= timezone.now() + datetime.timedelta(days=366)


def test_the_manifest_names_pictures_of_the_size_that_it_says(client):
    response = client.get("/site.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert {"name", "short_name", "start_url", "display", "icons", "lang"} <= manifest.keys()
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
            assert icon["sizes"] == f"{picture.width}x{picture.height}"
    assert {"192x192", "512x512"} <= {icon["sizes"] for icon in manifest["icons"]}


def test_the_old_address_of_the_icon_leads_to_it(client):
    response = client.get("/favicon.ico")
    assert finders.find(response.headers["Location"].removeprefix("/static/"))


@pytest.mark.parametrize("address", ["/robots.txt", "/health/live", "/site.webmanifest", "/sitemap.xml"])
def test_fixed_addresses_are_for_reading_only(client, address):
    assert client.post(address).status_code in (405, 403) or address == "/sitemap.xml"


class TestSitemap:
    def test_it_follows_its_schema_on_a_fresh_site(self, client):
        assert {f"{BASE}/", f"{BASE}/en/"} <= set(addresses_in_sitemap(client))

    def test_its_parts_hold_each_page_once_however_many_there_are(self, client, monkeypatch):
        original = factories.news()
        translations = [factories.translated(original, slug="news-item")]
        translations += factories.copies(translations[0], 9)
        monkeypatch.setattr(sitemaps, "PART_SIZE", 3)
        listed = addresses_in_sitemap(client)
        assert len(listed) == len(set(listed)) > 20
        assert {page.full_url for page in [original, *translations]} <= set(listed)
        entry = next(entry for entry in sitemap(client) if entry[0].text == original.full_url)
        assert len(entry.findall(XHTML_LINK)) == 3  # its translation is in another part

    @pytest.mark.parametrize("part", ["987654", "9999999999999999999999", "x"])
    def test_a_part_that_it_does_not_name_is_not_there(self, client, part):
        assert client.get(f"/sitemap-{part}.xml").status_code == 404

    def test_drafts_and_restricted_pages_are_not_in_it(self, client):
        draft = factories.news(live=False)
        secret = factories.standard_page()
        secret.view_restrictions.create(restriction_type="login")
        locations = addresses_in_sitemap(client)
        assert not [address for address in locations if draft.slug in address or secret.slug in address]

    def test_a_page_comes_and_goes_with_its_publication(self, client):
        page = factories.news()
        assert page.full_url in addresses_in_sitemap(client)
        page.unpublish()
        assert page.full_url not in addresses_in_sitemap(client)


class TestLanguages:
    """`hreflang` names what a visitor can open, nothing else."""

    def named(self, client, page):
        """The languages that the page itself names, and how many the sitemap names for it."""
        head = lxml.html.document_fromstring(client.get(page.url).content)
        in_page = set(head.xpath("//head/link[@rel='alternate']/@hreflang"))
        entry = next(entry for entry in sitemap(client) if entry[0].text == page.full_url)
        return in_page, len(entry.findall(XHTML_LINK))

    def test_a_page_in_both_languages_names_both_and_the_default(self, client):
        page = factories.news()
        english = factories.translated(page, title="News", slug="news-item")
        assert self.named(client, page) == ({"pl", "en", "x-default"}, 3)
        assert self.named(client, english) == ({"pl", "en", "x-default"}, 3)

    def test_a_draft_translation_is_not_named(self, client):
        page = factories.news()
        factories.translated(page, slug="draft", live=False)
        assert self.named(client, page) == (set(), 0)

    def test_an_unpublished_translation_is_named_no_more(self, client):
        page = factories.news()
        english = factories.translated(page, slug="gone")
        english.unpublish()
        assert self.named(client, page) == (set(), 0)
