"""What pages say of themselves to machines, on the whole site: addresses, languages, schema.org, sitemap."""

import json

from tests.reading import addresses_in_sitemap, sitemap
from tests.schemas import SITEMAP, XHTML_LINK

BASE = "http://localhost:8000"
REQUIRED = {
    "Organization": {"name", "url"},
    "WebSite": {"name", "url", "potentialAction"},
    "NewsArticle": {"headline", "image", "datePublished", "dateModified", "publisher", "mainEntityOfPage"},
    "Event": {"name", "startDate", "endDate", "location", "eventStatus", "eventAttendanceMode", "organizer"},
    "Article": {"headline", "inLanguage", "isPartOf"},
    "BreadcrumbList": {"itemListElement"},
    "DefinedTermSet": {"name", "hasDefinedTerm"},
}


def graph(one) -> list[dict]:
    """The schema.org objects of a page."""
    (script,) = one.document.xpath("//script[@type='application/ld+json']")
    document = json.loads(script.text)
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def alternates(one) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in one.document.xpath("//link[@hreflang]")}


def test_the_canonical_address_is_the_address(shown):
    for one in shown:
        assert one.document.xpath("//link[@rel='canonical']/@href") == [f"{BASE}{one.url}"]


def test_languages_name_each_other(shown):
    """Each page that is named as a translation names the same pages back."""
    by_address = {f"{BASE}{one.url}": alternates(one) for one in shown}
    translated = {address: named for address, named in by_address.items() if named}
    assert len(translated) > 60
    for address, named in translated.items():
        assert address in named.values()
        assert named["x-default"] == named["pl"]
        for other in named.values():
            assert by_address[other] == named, address


def test_every_page_names_the_declaration_of_accessibility(shown):
    """Under the name that the law's own programs look for, in both languages."""
    for one in shown:
        (named,) = one.document.xpath("//meta[@name='deklaracja-dostępności']/@content")
        assert named.startswith(BASE), one.url
        (page,) = [other for other in shown if f"{BASE}{other.url}" == named]
        assert (type(page.page).__name__, page.language) == ("AccessibilityPage", one.language), one.url


def test_pages_without_a_published_translation_name_no_language(shown):
    alone = [one for one in shown if len(one.page.published_translations) == 1]
    assert alone
    assert [one.url for one in alone if alternates(one)] == []


def test_structured_data_has_what_its_types_require(shown):
    for one in shown:
        for thing in graph(one):
            missing = REQUIRED[thing["@type"]] - {name for name, value in thing.items() if value not in ("", None)}
            assert not missing, (one.url, thing["@type"], missing)


def test_structured_data_names_the_type_of_the_page(shown):
    expected = {"NewsPage": "NewsArticle", "EventPage": "Event", "ChapterPage": "Article", "HomePage": "WebSite"}
    expected["MemberPage"] = "Organization"
    for one in shown:
        types = [thing["@type"] for thing in graph(one)] if one.page.depth > 2 or one.url in ("/", "/en/") else []
        assert expected.get(type(one.page).__name__, "BreadcrumbList") in types, one.url


def test_every_address_in_structured_data_is_absolute(shown):
    for one in shown:
        for thing in graph(one):
            for name in ("url", "mainEntityOfPage", "logo"):
                assert str(thing.get(name, "https://")).startswith("http"), (one.url, name)


def test_breadcrumbs_lead_from_home_to_the_page(shown):
    for one in shown:
        for thing in graph(one):
            if thing["@type"] == "BreadcrumbList":
                steps = thing["itemListElement"]
                assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
                assert steps[-1]["item"] == f"{BASE}{one.url}"


def test_every_page_can_be_shared_with_a_picture(shown):
    for one in shown:
        properties = {meta.get("property"): meta.get("content") for meta in one.document.xpath("//meta[@property]")}
        assert properties["og:url"] == f"{BASE}{one.url}"
        assert properties["og:image"].startswith(BASE), one.url
        width, height = int(properties["og:image:width"]), int(properties["og:image:height"])
        assert width >= 600 and abs(width / height - 1200 / 630) < 0.02, one.url
        assert properties["og:image:alt"], one.url
        assert properties["og:title"] and properties["og:description"], one.url


def test_descriptions_are_neither_missing_nor_cut_by_search_engines(shown):
    for one in shown:
        (description,) = one.document.xpath("//meta[@name='description']/@content")
        assert 20 < len(description) <= 160, one.url


def test_the_sitemap_holds_exactly_the_public_pages(shown, client):
    indexed = [one for one in shown if one.page.is_indexed]  # the whole handbook says what its chapters say
    assert 0 < len(shown) - len(indexed) < 3
    assert sorted(addresses_in_sitemap(client)) == sorted(f"{BASE}{one.url}" for one in indexed)
    assert client.get("/sitemap-00.xml").status_code == 404, "each part has one address, or a cache fills with copies"


def test_the_sitemap_names_the_same_languages_as_the_pages(shown, client):
    in_pages = {f"{BASE}{one.url}": alternates(one) for one in shown}
    for entry in sitemap(client):
        address = entry.findtext(f"{{{SITEMAP.namespace}}}loc")
        named = {link.get("hreflang"): link.get("href") for link in entry.iter(XHTML_LINK)}
        assert named == in_pages[address], address
