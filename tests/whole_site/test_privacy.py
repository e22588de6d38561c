"""Reading the site leaves no trace elsewhere: no cookie, no other host, no foreign script."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

LOADS = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping"}
CSS_ADDRESS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
FIXED = [
    "/sitemap.xml",
    "/robots.txt",
    "/.well-known/security.txt",
    "/site.webmanifest",
    "/favicon.ico",
    "/szukaj/?q=sąsiedztwo",
    "/en/search/?q=neighbour",
    "/aktualnosci/rss/",
    "/en/news/atom/",
    "/wydarzenia.ics",
    "/nie-ma-takiej-strony/",
    "/health/live",
]


def host(address: str) -> str:
    return urlsplit(address).netloc


def test_no_page_sets_a_cookie(shown):
    assert [one.url for one in shown if one.response.cookies] == []


@pytest.mark.parametrize("address", FIXED)
def test_no_fixed_address_sets_a_cookie(address):
    assert not Client().get(address).cookies


def test_no_page_loads_anything_from_another_host(shown):
    foreign = set()
    for one in shown:
        for element, attribute, address, _place in one.document.iterlinks():
            told = element.tag == "link" and element.get("rel") in ("canonical", "alternate")
            loads = attribute in LOADS or (element.tag == "link" and not told)
            if loads and host(address):
                foreign.add((one.url, address))
        for style in one.document.iter("style"):
            foreign |= {(one.url, found) for found in CSS_ADDRESS.findall(style.text or "")}
    assert foreign == set()


OWN_REQUEST = "fetch(address, "  # suggestions.js: the page says where, and its policy lets nothing else out


@pytest.mark.parametrize("folder", ["css", "js"])
def test_no_stylesheet_or_script_names_another_host(folder):
    for path in (Path(settings.BASE_DIR) / "static" / folder).rglob("*.*"):
        text = path.read_text().replace(OWN_REQUEST, "", 1 if path.name == "suggestions.js" else 0)
        named = {found for pair in CSS_ADDRESS.findall(text) for found in pair if found}
        assert not {address for address in named if host(address)}, path
        if folder == "js":
            assert not re.search(r"https?://|import\(|fetch\(|XMLHttpRequest|sendBeacon", text), path


def policy(response) -> dict[str, list[str]]:
    header = response.headers["Content-Security-Policy"]
    return {name: values for name, *values in (part.split() for part in header.split(";") if part.strip())}


def test_every_page_has_a_policy_that_lets_no_foreign_script_in(shown):
    for one in shown:
        found = policy(one.response)
        assert found["script-src"] == ["'self'"], one.url
        assert found["default-src"] == ["'self'"], one.url
        assert found["object-src"] == ["'none'"], one.url
        assert found["base-uri"] == ["'none'"], one.url


def test_no_page_needs_an_inline_script_or_stylesheet(shown):
    for one in shown:
        inline = [script for script in one.document.iter("script") if not script.get("src")]
        assert {script.get("type") for script in inline} <= {"application/ld+json"}, one.url
        assert not list(one.document.iter("style")), one.url
        handlers = one.document.xpath("//@*[starts-with(name(), 'on')]")
        assert not handlers, one.url


@pytest.mark.parametrize("address", ["/nie-ma-takiej-strony/", "/szukaj/"])
def test_the_policy_holds_where_there_is_no_page_too(address):
    assert policy(Client().get(address))["script-src"] == ["'self'"]


def test_every_answer_keeps_its_type_and_its_frame(shown):
    for one in shown:
        assert one.response.headers["X-Content-Type-Options"] == "nosniff"
        assert one.response.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert one.response.headers["Referrer-Policy"] == "same-origin"
