"""Whatever stands in a page goes out and comes back as it was; and no bytes break the reader."""

import itertools
import uuid
from functools import partial
from typing import Any

import polib
import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from modelcluster.models import get_all_child_relations
from wagtail.models import Comment, Page, get_page_models

from catalog.editions.checks import unprintable
from catalog.models import ChapterPage
from home.models import HomePage
from home.sections import registry, setup_pages
from tests import factories
from tests.workflow import fresh
from translation import drafts, segments
from translation.exchange import export, importer, po
from translation.exchange.document import Document, PoEntry, plain

SIGNS = st.one_of(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    st.sampled_from(
        ["\\", '"', "'", "&", "<", ">", "%d", "%(count)d", "👩‍🌾", "\u00a0", "\u2028", "\x85", "\t", "]]>"]
    ),
    st.sampled_from(["„ą”", "שלום", "\u202bعربي\u202c", "&amp;", "&nbsp;", "\\n", "#, fuzzy", "msgid", "<b>"]),
)
WORDS = st.lists(SIGNS, min_size=1, max_size=12).map("".join).filter(lambda text: plain(text).strip())
LINES = st.lists(WORDS, min_size=1, max_size=3).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n", "\n\n"]).map(lambda end: end.join(lines))
)


@st.composite
def inline(draw: Any, links: int = 0) -> str:
    """A paragraph as Wagtail's editor makes it: emphasis in emphasis, and the links of that paragraph."""
    parts = [_escaped(draw(WORDS))]
    for tag in draw(st.lists(st.sampled_from(["b", "i", "b><i"]), max_size=2)):
        closing = "</i></b>" if ">" in tag else f"</{tag}>"
        parts.append(f"<{tag}>{_escaped(draw(WORDS))}{closing}")
        parts.append(_escaped(draw(WORDS)))
    return "".join(parts)


def _escaped(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").strip() or "a"


def _item(value: Any, type_: str = "item") -> dict[str, Any]:
    return {"type": type_, "value": value, "id": str(uuid.uuid4())}


def everything() -> list[dict[str, Any]]:
    """One of each block that holds words."""
    home = factories.home().pk
    picture = {"image": factories.image().pk, "decorative": False, "alt_text": "Ludzie przy stole"}
    figure = {"image": picture, "caption": "Przy stole"}
    rich = (
        f'<h2>Program</h2><p>Zjazd <b>jest <i>w</i></b> <a linktype="page" id="{home}">domu <b>obok</b></a> tu.</p>'
        '<ul><li>raz<ul><li>dwa <a href="https://a.example/?a=1&amp;b=2">tu</a> są</li></ul></li></ul><p>a<br/>b</p>'
    )
    table = {
        "data": [["", "KDO", None], ["Członkowie", "organizacje", " "]],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "Skład",
    }
    card = {"title": "Poradnik", "text": "Od czego zacząć", "page": None, "address": "https://przyklad.example/"}
    return [
        _item(rich, "text"),
        _item({"text": "Zaczęło się\r\nod ławki.", "author": "Joanna", "role": "sąsiadka"}, "quote"),
        _item({"tone": "deadline", "title": "Do 4 grudnia", "text": "<p>Liczy się <b>godzina</b> i.</p>"}, "callout"),
        _item([_item({"title": "Zbierz", "time": "tydzień 1", "text": "<p>Zapukaj.</p>"})], "steps"),
        _item([_item({"title": "Ile?", "text": "<p>Nic.</p>"})], "accordion"),
        _item(table, "table"),
        _item(figure, "image"),
        _item([_item(figure), _item(figure)], "gallery"),
        _item({"url": "https://vimeo.com/76979871", "title": "Debata", "length": "12:00", "transcript": None}, "video"),
        _item({"label": "Zapisz się", "page": home, "address": ""}, "button"),
        _item([_item(card), _item(card)], "cards"),
    ]


@pytest.fixture
def of_type(tree) -> Any:
    """`of_type("news")`: a live Polish page of that type with words in each of its fields; one type has every block."""

    def make(name: str) -> Any:
        if name in SINGLE:
            return factories.home() if name == "home" else PLANTED[name].objects.get(locale__language_code="pl")
        page = MAKERS[name]()
        if hasattr(page, "body"):
            page.body = everything() if name == WITH_EVERY_BLOCK else [("text", "<p>Zjazd <b>jest</b> w domu.</p>")]
        page.seo_title, page.search_description = "W wyszukiwarce", "Opis w wyszukiwarce"
        factories.publish(page)
        return fresh(page)

    return make


MAKERS = {
    "news": factories.news,
    "event": factories.event,
    "chapter": factories.chapter,
    "member": factories.member,
    "standard": factories.standard_page,
    "declaration": factories.declaration,
}
WITH_EVERY_BLOCK = "standard"
PLANTED = {**registry, **setup_pages}
SINGLE = ("home", *PLANTED)
TYPES = [*MAKERS, *SINGLE]
QUICK = partial(
    settings,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def test_every_type_of_page_goes_round(tree):
    types = {type(make()) for make in MAKERS.values()} | {HomePage, *PLANTED.values()}
    assert types == set(get_page_models()) - {Page}


def test_no_words_stand_where_files_do_not_reach():
    """Rows below a page, such as attachments, are copied as they are: words of their own need segments first."""
    rows = {relation.related_model for model in get_page_models() for relation in get_all_child_relations(model)}
    words = (models.CharField, models.TextField)
    fields = [field for row in rows if row is not Comment for field in row._meta.get_fields()]
    assert [str(field) for field in fields if isinstance(field, words)] == []


def written(page: Any, data: Any) -> Any:
    """`page` with made-up words in every place, live."""
    drawn = data.draw(st.lists(LINES, min_size=5, max_size=5)), data.draw(st.lists(inline(), min_size=5, max_size=5))
    if isinstance(page, ChapterPage):  # publishing asks for signs that an edition can be printed with
        drawn = [[text.translate(dict.fromkeys(map(ord, unprintable(text)))) for text in texts] for texts in drawn]
    lines, markups = map(itertools.cycle, drawn)

    def visit(segment: segments.Segment) -> str:
        if segment.kind in ("slug", "address"):
            return segment.text
        if segment.kind == "markup":
            text = next(markups)
            return segment.text.replace(">", f">{text}", 1) if "<" in segment.text else text
        field = page._meta.get_field(segment.path) if "." not in segment.path else None
        one_line = isinstance(field, models.CharField)
        text = " ".join(next(lines).split()) if one_line else next(lines)
        return text[: segment.limit] if segment.limit else text

    text = fresh(page).get_latest_revision_as_object()
    content = segments.rewritten(text, segments.content_of(text), visit)
    factories.publish(text.with_content_json(content), clean=False)
    return fresh(page)


def translated(entry: PoEntry) -> PoEntry:
    """Other words with the same tags, of the same length."""
    if "#" in entry.path:
        return _with(entry, f"Żółw {entry.source}")
    if entry.path == "slug" or "://" in entry.source:
        return _with(entry, entry.source)
    return _with(entry, entry.source[::-1])


def _with(entry: PoEntry, target: str) -> PoEntry:
    return PoEntry(entry.path, entry.source, target, notes=entry.notes)


def taken(document: Document, page: Any, user: Any) -> Any:
    content = po.write(document).encode()
    plan = importer.prepared(content, page, user)
    assert plan.problems == []
    _plan, written = importer.carry_out(content, page, user, plan.seen)
    return fresh(written) if written else None


class _RollbackError(Exception):
    pass


@pytest.mark.parametrize("name", TYPES)
def test_what_stands_in_a_file_stands_in_the_draft_and_the_words_of_the_original_to_the_byte(
    name, of_type, tlumaczka, english
):
    page = of_type(name)
    links = drafts.links_into(english)

    @QUICK(max_examples=3 if name == WITH_EVERY_BLOCK else 2)
    @given(st.data())
    def round_trip(data: Any) -> None:
        try:
            with transaction.atomic():
                original = written(page, data)
                document = export.document_of(original, english)
                document.entries = [translated(entry) for entry in document.entries]
                draft = taken(document, original, tlumaczka).get_latest_revision_as_object()
                says = {unit.path: unit.text for unit in segments.segments_of(draft)}
                for entry in document.entries:
                    assert plain(says[entry.path]) == entry.target
                document = export.document_of(original, english)
                document.entries = [_with(entry, entry.source) for entry in document.entries]
                taken(document, original, tlumaczka)
                draft = export.translation_of(original, english).get_latest_revision_as_object()
                now, then = segments.content_of(draft), segments.content_of(original)
                then = segments.rewritten(original, then, lambda unit: unit.text, follow=links)
                for field in {segment.path.split(".")[0].split("#")[0] for segment in segments.segments_of(original)}:
                    assert now[field] == then[field]
                raise _RollbackError
        except _RollbackError:
            pass

    round_trip()


# --- The format alone -------------------------------------------------------------------------------

LINE_TEXT = WORDS.map(plain)
ENTRIES = st.lists(
    st.builds(
        PoEntry, WORDS.map(plain), LINES.map(plain), target=st.one_of(st.just(""), LINES.map(plain)),
        is_fuzzy=st.booleans(), notes=st.lists(LINE_TEXT, max_size=2).map(tuple), earlier_source=LINES.map(plain),
        earlier_target=LINES.map(plain),
    ),
    max_size=4,
)  # fmt: skip


@given(ENTRIES)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read_again(entries):
    document = Document("key", "pl", "en", "2026", "0" * 64, "„Title”: a & b", entries=entries)
    reading = po.read(po.write(document).encode())
    assert reading.problems == []
    back = [(entry.path, entry.source, entry.target, entry.is_fuzzy) for entry in reading.document.entries]
    assert back == [(entry.path, entry.source, entry.target, entry.is_fuzzy) for entry in entries]


@given(ENTRIES)
@settings(max_examples=40, deadline=None)
def test_others_read_what_we_write(entries):
    # polib takes U+2028 and its like in a string for line ends, so it gets a text without them.
    simple = [entry for entry in entries if entry == _simple(entry)]
    catalogue = polib.pofile(po.write(Document("key", "pl", "en", "2026", "0" * 64, entries=simple)))
    assert [(entry.msgctxt, entry.msgid, entry.msgstr) for entry in catalogue] == [
        (entry.path, entry.source, entry.target) for entry in simple
    ]


def _simple(entry: PoEntry) -> PoEntry:
    words = (
        f"{entry.path}{entry.source}{entry.target}{''.join(entry.notes)}{entry.earlier_source}{entry.earlier_target}"
    )
    return entry if len(words.replace("\n", "").splitlines()) <= 1 else PoEntry("", "")


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_the_reader(content):
    reading = po.read(content)
    assert reading.problems or reading.document


FILE = po.write(Document("k", "pl", "en", "", "0", entries=[PoEntry("title", "a", "b")]))
BREAKS = st.sampled_from(['"', "\\", "<", "\n", "msgid ", ""])


@given(st.integers(0, 500), st.integers(0, 40), BREAKS)
@settings(max_examples=100, deadline=None)
def test_no_damage_breaks_the_reader(start, length, instead):
    damaged = FILE[:start] + instead + FILE[start + length :]
    reading = po.read(damaged.encode())
    assert reading.problems or reading.document
