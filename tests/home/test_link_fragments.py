"""Links that lead to one place of a page: in running text, and from a bell of the home page."""

import json

import pytest
from django.utils.translation import override
from wagtail.rich_text import RichText

from approval.diff import content_lines
from approval.diff.links import linked, targets_in
from home.blocks.text import TEXT_FEATURES
from home.rich_text import RichTextArea
from tests import factories
from translation import segments

pytestmark = pytest.mark.django_db


@pytest.fixture
def chapter(tree):
    return factories.chapter(title="Rozmowa z urzędem", slug="rozmowa")


def link_to(page):
    return f'<a linktype="page" id="{page.pk}" fragment="brak-odpowiedzi">urząd milczy</a>'


def test_a_link_leads_to_the_place(chapter):
    with override("pl"):
        assert f'href="{chapter.url}#brak-odpowiedzi"' in str(RichText(f"<p>{link_to(chapter)}</p>"))


def test_saving_a_text_unchanged_keeps_the_place(chapter):
    widget = RichTextArea(features=TEXT_FEATURES)
    html = f'<p data-block-key="a1b2c">Gdy {link_to(chapter)}.</p>'
    assert widget.value_from_datadict({"text": widget.format_value(html)}, {}, "text") == html


@pytest.mark.parametrize("fragment", ["<script>", "a b", "x" * 101])
def test_a_place_that_is_none_is_not_kept(chapter, fragment):
    widget = RichTextArea(features=TEXT_FEATURES)
    sent = widget.format_value(f"<p>{link_to(chapter)}</p>").replace("brak-odpowiedzi", fragment)
    assert "fragment" not in widget.value_from_datadict({"text": sent}, {}, "text")


def test_a_translated_sentence_keeps_the_place(chapter):
    page = factories.standard_page(title="Pomoc", live=False, body=[("text", f"<p>Gdy {link_to(chapter)}.</p>")])
    content = segments.rewritten(page, segments.content_of(page), lambda unit: unit.text.replace("Gdy", "When"))
    assert json.loads(content["body"])[0]["value"] == f"<p>When {link_to(chapter)}.</p>"


def test_whoever_compares_versions_sees_the_place(chapter):
    page = factories.standard_page(title="Pomoc", live=False, body=[("text", f"<p>Gdy {link_to(chapter)}.</p>")])
    lines = content_lines.lines(page, "body")
    assert linked(lines, targets_in(lines))[0].text.endswith(f"({chapter.url_path})#brak-odpowiedzi].")


def test_a_bell_leads_to_the_place(client, chapter):
    home = factories.home()
    bell = {"label": "Urząd nie odpowiada", "page": chapter, "address": "", "fragment": "brak-odpowiedzi"}
    home.body = [("bells", {"heading": "Dzwonki", "intro": "", "items": [bell]})]
    factories.publish(home)
    assert f'href="{chapter.url}#brak-odpowiedzi"' in client.get(home.url).content.decode()
