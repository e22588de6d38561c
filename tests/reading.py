"""Reading answers the way a person does."""

import html
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from django.http import HttpResponse
from lxml import etree

from tests.schemas import SITEMAP, parsed

WRITTEN_IN_JSON = re.compile(r"\\u([0-9a-f]{4})")
NBSP = "\N{NO-BREAK SPACE}"


def source(response: HttpResponse) -> str:
    """The HTML of an answer, with the no-break spaces of good typography as plain ones."""
    return response.content.decode().replace(NBSP, " ")


def admin_source(response: HttpResponse) -> str:
    """The HTML of an answer of the admin, where much of what people read is JSON for its scripts."""
    read = WRITTEN_IN_JSON.sub(lambda match: chr(int(match[1], 16)), html.unescape(source(response)))
    return read.replace(NBSP, " ")


def document(response: HttpResponse) -> lxml.html.HtmlElement:
    """An answer as elements."""
    return lxml.html.document_fromstring(response.content)


def words(element: lxml.html.HtmlElement) -> str:
    """The text of an element as it is read, no-break spaces as spaces."""
    return " ".join(element.text_content().replace("\N{WORD JOINER}", "").split())


def sitemap(client) -> list[etree._Element]:
    """The entries of all parts that /sitemap.xml names."""
    index = etree.fromstring(client.get("/sitemap.xml").content)
    assert index.tag == f"{{{SITEMAP.namespace}}}sitemapindex"
    parts = [part.findtext(f"{{{SITEMAP.namespace}}}loc") for part in index]
    return [entry for part in parts for entry in parsed(client.get(part).content, SITEMAP)]


def addresses_in_sitemap(client) -> list[str]:
    return [entry.findtext(f"{{{SITEMAP.namespace}}}loc") for entry in sitemap(client)]


def titles(response: HttpResponse) -> list[str]:
    """The titles that a public list shows, in its order."""
    assert response.status_code == 200
    return [page.title for page in response.context["results"].object_list]


def found(response: HttpResponse) -> list[str]:
    """The titles on the results page of the search, in their order."""
    assert response.status_code == 200
    return [hit.page.title for hit in response.context["results"].hits]


def strings_in(value: Any) -> Iterator[str]:
    """All strings in what JSON made: values of dicts, items of lists, however deep."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict | list):
            waiting.extend(each.values() if isinstance(each, dict) else each)
