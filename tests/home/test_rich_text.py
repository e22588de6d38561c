"""The rich text editor: used by many people at once, and for words in many languages."""

import json
from concurrent.futures import ThreadPoolExecutor

import lxml.html
import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override
from wagtail.rich_text import RichText

from home.blocks.text import PARAGRAPH_FEATURES, SENTENCE_FEATURES, TEXT_FEATURES
from home.rich_text import RichTextArea
from tests import factories
from tests.reading import document, words
from translation import segments

TEXTS = [f"<h2>Part {n}</h2>" + "<p>A <b>bold</b> word and <i>another</i>.</p>" * 40 for n in range(8)]


def test_two_editors_who_open_pages_at_once_each_get_their_own_text():
    widget = RichTextArea(features=TEXT_FEATURES)

    def open_page(number: int) -> list[str]:
        state = json.loads(widget.format_value(TEXTS[number]))
        return [block["text"] for block in state["blocks"]]

    with ThreadPoolExecutor(8) as editors:
        opened = list(editors.map(open_page, [number % 8 for number in range(160)]))

    for number, blocks in enumerate(opened):
        assert blocks[0] == f"Part {number % 8}"
        assert len(blocks) == 41


class TestWordsInAnotherLanguage:
    MARKED = (
        '<p data-block-key="a1b2c">Mówimy na to <span lang="en">community <b>organising</b></span>, po niemiecku '
        '<span lang="de">Gemeinwesenarbeit</span>. <a href="https://example.org"><span lang="uk">громада</span></a></p>'
    )

    @staticmethod
    def save(html: str, features=PARAGRAPH_FEATURES) -> str:
        """What is kept when an editor opens a text and saves it as it is."""
        widget = RichTextArea(features=features)
        return widget.value_from_datadict({"text": widget.format_value(html)}, {}, "text")

    @pytest.mark.parametrize("features", [SENTENCE_FEATURES, PARAGRAPH_FEATURES, TEXT_FEATURES, None])
    def test_the_editor_keeps_the_marks(self, features):
        html = self.save(self.MARKED, features)
        assert [(mark.get("lang"), mark.text_content()) for mark in lxml.html.fromstring(html).xpath("//span")] == [
            ("en", "community organising"),
            ("de", "Gemeinwesenarbeit"),
            ("uk", "громада"),
        ]
        assert self.save(html, features) == html

    def test_other_spans_are_no_marks(self):
        assert "span" not in self.save('<p>a <span class="x" lang="xx">b</span> c</p>')

    def test_the_toolbar_offers_the_languages_in_words(self):
        with override("pl"):
            offered = json.loads(json.dumps(RichTextArea(features=[]).options, cls=DjangoJSONEncoder))["inlineStyles"]
        assert [(style["label"], style["description"]) for style in offered] == [
            ("PL", "język: polski"),
            ("EN", "język: angielski"),
            ("UK", "język: ukraiński"),
            ("DE", "język: niemiecki"),
        ]

    @pytest.mark.django_db
    def test_a_reader_gets_the_mark(self, client):
        page = factories.news(body=[("text", RichText(self.MARKED))])
        (mark,) = document(client.get(page.url)).xpath("//div[@class='rich-text']//span[@lang='en']")
        assert words(mark) == "community organising"

    @pytest.mark.django_db
    def test_a_mark_neither_splits_a_sentence_nor_gets_lost_in_translation(self):
        page = factories.news(body=[("text", RichText(self.MARKED))])
        content = segments.content_of(page)
        sentences = [segment.text for segment in segments.segments_of(page) if segment.kind == "markup"]
        assert [sentence.replace("\n", " ") for sentence in sentences] == [
            'Mówimy na to <a id="a1">community <b>organising</b></a>, po niemiecku <a id="a2">Gemeinwesenarbeit</a>. '
            '<a id="a3"><a id="a4">громада</a></a>'
        ]

        def translate(segment):
            return segment.text.replace("Mówimy na to", "We call it").replace(", po niemiecku", ", in German")

        body = json.loads(segments.rewritten(page, content, translate)["body"])
        expected = self.MARKED.replace("Mówimy na to", "We call it").replace(", po niemiecku", ", in German")
        assert body[0]["value"] == expected
        assert segments.rewritten(page, content, lambda segment: segment.text) == content
