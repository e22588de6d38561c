"""Words of a chapter on their way into a book: each kind of block is there, and nothing in them is read as markup."""

import io
import re
import zipfile

import outloud
import pypdf
import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.blocks.body import HandbookBodyBlock
from catalog.editions import checks, epub, making, pdf
from catalog.editions import content as _content  # noqa: F401 - registers all kinds of blocks
from catalog.editions.block_nodes import nodes_of_block
from catalog.editions.levels import in_levels
from catalog.editions.place import Chapter
from catalog.editions.rich_text import Place, nodes_of, plain_of, runs_of
from catalog.models import ChapterPage, Edition
from home.blocks import reading
from tests import factories
from tests.catalog.test_blocks import BLOCKS

PLACE = Place()
MARKUP = "#let x = 1 $a$ *b* _c_ @d <e> \\ `f` // g [h] ~ -- „cudzysłów” 'i' \"j\" {k} &amp; ![l](m) ☐"
RENDERED = {"facts", "templates"}
"""Kinds that come into a book as their template shows them."""


def book_of(nodes, **facts):
    chapter = {"label": "c", "number": 1, "title": "Rozdział", "lead": "", "nodes": nodes}
    return {
        "language": "pl",
        "title": "Katalog",
        "lead": "Lead",
        "author": "Koalicja",
        "statement": "Unia",
        "disclaimer": "Disclaimer",
        "disclaimer_lang": "en",
        "permanent": "",
        "site": "https://example.org",
        "parts": [{"title": "Część", "chapters": [chapter]}],
        "annexes": [],
        "missing": [],
        "pictures": {},
        **facts,
    }


def made_of(*nodes, **facts):
    edition = Edition(number="1.0", language="pl", date=factories.day(), licence="CC BY 4.0")
    return making.book_of(edition, book_of(list(nodes), **facts))


def paragraph(words):
    return {"kind": "p", "runs": [{"s": words}]}


def said_in(book):
    pages = pypdf.PdfReader(io.BytesIO(pdf.make(book, {}))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def read_in(book):
    with zipfile.ZipFile(io.BytesIO(epub.make(book, {}))) as made:
        pages = [made.read(name).decode() for name in sorted(made.namelist()) if name.endswith(".xhtml")]
    return " ".join(BeautifulSoup("".join(pages), "html.parser").get_text().split())


class TestLiterally:
    def test_words_that_are_markup_elsewhere_are_words_in_both_files(self):
        words = MARKUP.replace("☐", "")
        book = made_of(paragraph(words), title=words, lead=words)
        assert read_in(book).count(" ".join(words.split())) >= 2
        spoken = re.sub(r"\s", "", said_in(book).replace("-\u00ad", ""))
        assert re.sub(r"\s", "", words) in spoken

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(st.sampled_from("#$*_@<>\\`/[]~-\"'{}&=+!^|:;.,()ąż 1a%"), min_size=1, max_size=60))
    def test_no_mixture_of_signs_is_read_as_markup(self, words):
        assert pdf.make(made_of(paragraph(words)), {})[:5] == b"%PDF-"

    def test_a_missing_language_is_set_and_told(self):
        reader = pypdf.PdfReader(io.BytesIO(pdf.make(made_of(paragraph("a"), language="en"), {})))
        assert reader.trailer["/Root"]["/Lang"] == "en"


class TestRichText:
    def test_lists_in_lists_and_styles_in_styles_are_kept(self):
        nodes = nodes_of("<ul><li>a<ol><li><b>b <i>c</i></b></li></ol></li></ul>", PLACE)
        inner = nodes[0]["items"][0][1]
        assert inner["ordered"] is True
        assert inner["items"][0][0]["runs"] == [{"s": "b ", "b": True}, {"s": "c", "b": True, "i": True}]

    def test_a_note_stands_where_its_mark_is(self):
        place = Place(notes={"ustawa": [{"s": "Ustawa"}]})
        runs = runs_of('Prawo<a class="note-mark" data-note="ustawa"></a> mówi.', place)
        assert runs == [{"s": "Prawo"}, {"note": [{"s": "Ustawa"}]}, {"s": " mówi."}]

    def test_a_note_that_is_gone_says_nothing(self):
        assert runs_of('a<a class="note-mark" data-note="x"></a>b', PLACE) == [{"s": "ab"}]

    @pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
    def test_only_addresses_of_the_net_are_links(self, address):
        chapter = Chapter("c", {}, {})
        assert runs_of(f'<a href="{address}">x</a>', chapter.place) == [{"s": "x"}]

    @given(st.text("<>/abip &;\"'=#", max_size=80))
    def test_whatever_the_markup_is_its_words_come_once(self, html):
        nodes_of(html, PLACE)


class TestBlocks:
    def test_every_kind_of_block_says_how_it_stands_in_a_book(self):
        default = nodes_of_block.dispatch(object)
        without = {
            name
            for name, block in HandbookBodyBlock().child_blocks.items()
            if nodes_of_block.dispatch(type(block)) is default
        }
        assert without <= RENDERED

    @pytest.mark.django_db
    @pytest.mark.parametrize("kind", sorted(BLOCKS))
    def test_a_block_of_the_handbook_says_all_its_words_in_both_files(self, kind):
        block = HandbookBodyBlock().child_blocks[kind]
        value = block.to_python(BLOCKS[kind])
        nodes = list(nodes_of_block(block, value, Chapter("c", {}, {})))
        book = made_of(*in_levels(nodes))
        spoken, read = re.sub(r"[\s\u00ad-]", "", said_in(book)), re.sub(r"\s", "", read_in(book))
        for line in reading.lines_of(block, block.get_prep_value(value)):
            for words in line.split(reading.BETWEEN_CELLS):
                assert re.sub(r"[\s-]", "", words) in spoken, words
                assert re.sub(r"\s", "", words) in read, words

    def test_a_long_table_hides_none_of_its_words_from_a_screen_reader(self, tmp_path):
        head = [
            [{"s": "Całe zdanie nad kolumną, które ktoś chce usłyszeć"}],
            [{"s": "Odpowiedź urzędu miasta"}],
        ]
        rows = [head, *([[{"s": f"Pytanie {number}"}], [{"s": "Tak"}]] for number in range(60))]
        facts = {"caption": [{"s": "Pytania"}], "has_top": True, "has_side": False, "is_blank": False}
        file = tmp_path / "long.pdf"
        file.write_bytes(pdf.make(made_of({"kind": "table", "rows": rows, **facts}), {}))
        findings = outloud.check(str(file)).findings
        assert [finding.message for finding in findings if finding.severity == "error"] == []

    def test_the_answers_of_a_worksheet_stay_empty(self):
        block = HandbookBodyBlock().child_blocks["worksheet"]
        value = block.to_python(BLOCKS["worksheet"])
        nodes = list(nodes_of_block(block, value, Chapter("c", {}, {})))
        table = next(node for node in nodes if node["kind"] == "table")
        assert table["is_blank"]
        assert [plain_of(row[1]) for row in table["rows"][1:]] == ["", ""]


@pytest.mark.django_db
class TestBeforeAnEdition:
    def chapter(self, *body, **facts):
        page = ChapterPage(title="Rozdział", part="work", **facts)
        page.body = list(body)
        return page

    def test_a_heading_that_jumps_is_named_at_its_block(self):
        errors = self.chapter(("text", "<p>a</p>"), ("text", "<h3>Za nisko</h3>")).find_errors()
        assert set(errors["body"].block_errors) == {1}
        assert "Za nisko" in str(errors["body"].block_errors[1])
        with pytest.raises(ValidationError):
            raise ValidationError(errors)

    def test_a_sign_that_no_font_has_is_named_at_its_block_and_field(self):
        page = self.chapter(("text", "<p>a</p>"), ("quote", {"text": "Brawo 😀", "author": "", "role": ""}), lead="中")
        errors = page.find_errors()
        assert "😀" in str(errors["body"].block_errors[1])
        assert "中" in str(errors["lead"])

    def test_what_is_in_order_is_passed(self):
        page = self.chapter(("text", "<h2>Dobrze</h2><h3>Niżej</h3><p>→ „tak” – Київ €</p>"))
        assert page.find_errors() == {}
        assert checks.unprintable("zażółć gęślą jaźń") == ""
