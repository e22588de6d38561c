"""What every index has to do: the database's, and any other that a site names in SEARCH_INDEX."""

import contextlib
import datetime
from collections.abc import Iterable

import pytest
from django.db import connection, transaction

from search.database import DatabaseIndex
from search.database.terms import TITLE, of_document
from search.documents import AnalysedDocument, Document, Passage
from search.index import DATE, Alternative, Group, Index, Query
from search.models import Entry

pytestmark = pytest.mark.django_db
with contextlib.suppress(ImportError):  # the package is optional
    from search.tantivy_index import TantivyIndex
NEWS, EVENTS = "kind:news", "kind:event"


@pytest.fixture(params=["database", "tantivy"])
def index(request: pytest.FixtureRequest) -> Index:
    """One of them, empty."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
        request.getfixturevalue("settings").SEARCH_FOLDER = request.getfixturevalue("tmp_path")
        request.getfixturevalue("monkeypatch").setattr(transaction, "on_commit", lambda action, **options: action())
    made = DatabaseIndex() if request.param == "database" else TantivyIndex()
    made.remove(list(made.keys()))
    return made


def page(key: int, title: str = "", subject: str = "", text: str = "", **more: object) -> AnalysedDocument:
    """A page whose terms are its words."""
    fields = {"key": key, "language": "pl", "title": title.title(), "passages": (Passage(text),), **more}
    return AnalysedDocument(
        document=Document(**fields),
        title=frozenset(title.split()),
        subject=frozenset(subject.split()),
        text=frozenset(f"{title} {subject} {text}".split()),
        beginnings=frozenset(title.split()),
        words=frozenset(f"{title} {subject} {text}".split()),
    )


def group(*alternatives: str, synonym: float = 0.5) -> Group:
    """Of words ("a b"), each with its terms ("a|b"); all but the first are synonyms."""
    return Group(
        tuple(
            Alternative(tuple(frozenset(word.split("|")) for word in one.split()), synonym if number else 1.0)
            for number, one in enumerate(alternatives)
        )
    )


def query(*groups: str | Group, **more: object) -> Query:
    made = tuple(one if isinstance(one, Group) else group(one) for one in groups)
    return Query(made, **{"language": "pl", **more})


def found(index: Index, asked: Query, start: int = 0, stop: int = 100) -> list[int]:
    return list(index.find(asked, start, stop).keys)


def test_a_page_has_to_have_every_group_by_one_of_its_alternatives(index):
    index.write([page(1, text="rada osiedla"), page(2, text="rada"), page(3, text="zarzad osiedla"), page(4)])
    assert found(index, query("rada", "osiedla")) == [1]
    assert set(found(index, query(group("rada", "zarzad"), "osiedla"))) == {1, 3}
    assert set(found(index, query(group("nic", "zarzad osiedla")))) == {3}
    assert set(found(index, query("rada|zarzad"))) == {1, 2, 3}
    assert found(index, query("nic")) == found(index, query()) == []


def test_a_term_with_other_signs_stands_nowhere(index):
    index.write([page(1, text='rada OR "'), page(2, text="osiedle")])
    for term in ('"', "OR", "rada OR osiedle", "rada*", "rada:*", "x:rada", "", "ł", "\0", "'", "rada' | 'osiedle"):
        odd = Group((Alternative((frozenset({term}),)),))
        assert found(index, Query((odd,), "pl")) == []
        assert found(index, Query((odd, group("rada")), "pl", least=1)) == [1]


def test_some_of_the_groups_are_enough_where_that_is_asked(index):
    index.write([page(1, text="a b c"), page(2, text="a b"), page(3, text="c"), page(4, text="d")])
    assert found(index, query("a", "b", "c", least=2)) == [1, 2]
    assert found(index, query("a", "b", "c", "nic", least=1)) == [1, 2, 3]


def test_where_a_word_stands_decides_and_then_how_rare_it_is(index):
    index.write([page(1, text="gala"), page(2, subject="gala"), page(3, title="gala roku"), page(4, title="gala")])
    index.write([page(key, text="gala") for key in range(10, 20)])
    assert found(index, query("gala"), 0, 3) == [4, 3, 2]
    index.write([page(30, title="roku x", text="nocy"), page(31, title="nocy x", text="roku")])
    index.write([page(key, text="roku") for key in range(40, 60)])
    assert found(index, query("nocy", "roku")) == [31, 30]


def test_a_synonym_counts_for_less(index):
    index.write([page(1, text="porada"), page(2, text="pomoc"), page(3, title="pomoc prawna")])
    assert found(index, query(group("porada", "pomoc"))) == [3, 1, 2]


def test_labels_and_languages_leave_out_and_are_counted(index):
    index.write(
        [
            page(1, text="a", labels=frozenset({NEWS, "place:krakow-8"})),
            page(2, text="a", labels=frozenset({NEWS})),
            page(3, text="a", labels=frozenset({EVENTS, "year:2026"})),
            page(4, text="a", language="en", labels=frozenset({NEWS})),
        ]
    )
    answer = index.find(query("a"), 0, 1)
    assert (answer.count, len(answer.keys), answer.is_cut) == (3, 1, False)
    assert dict(answer.labels) == {NEWS: 2, EVENTS: 1, "place:krakow-8": 1, "year:2026": 1}
    assert set(found(index, query("a", labels=frozenset({NEWS})))) == {1, 2}
    assert found(index, query("a", labels=frozenset({NEWS, "place:krakow-8"}))) == [1]
    assert found(index, query("a", labels=frozenset({"kind:x' OR 1"}))) == []
    assert found(index, query("a", language="en")) == [4]
    assert [index.count(query(*asked)) for asked in ("a", ("a", "b"), "nic", ())] == [3, 0, 0, 0]
    assert index.count(query("a", labels=frozenset({NEWS}))) == 2


def test_by_date_means_the_newest_first(index):
    days = {1: datetime.date(2024, 5, 1), 2: None, 3: datetime.date(2026, 1, 1), 4: datetime.date(2025, 1, 1)}
    index.write([page(key, title="a" * (key == 1), text="a", date=day) for key, day in days.items()])
    assert found(index, query("a", order=DATE)) == [3, 4, 1, 2]


def test_what_is_coming_or_fresh_comes_first_and_lists_of_others_last(index):
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    index.write(
        [
            page(1, text="a", ends=now - 30 * day, date=now.date()),
            page(2, text="a", ends=now + 30 * day, date=now.date()),
            page(3, text="a", date=now.date() - 3000 * day),
            page(4, text="a", date=now.date() - 2 * day),
            page(5, text="a", weight=0.1),
        ]
    )
    assert found(index, query("a")) == [2, 4, 3, 1, 5]


def test_pages_of_results_follow_each_other(index):
    index.write([page(key, text="a", title="a" if key % 3 else "") for key in range(1, 31)])
    asked = query("a")
    every = found(index, asked)
    assert sorted(every) == list(range(1, 31))
    assert found(index, asked, 0, 10) + found(index, asked, 10, 20) + found(index, asked, 20, 30) == every
    assert found(index, asked, 30, 40) == found(index, asked, 0, 0) == []
    assert index.find(asked, 0, 0).count == 30
    assert list(index.find(asked, 0, 10, counts=False).keys) == every[:10]


def test_a_page_is_kept_once_and_forgotten(index):
    index.write([page(1, "stary", text="a"), page(2, text="a")])
    index.write([page(1, "nowy", text="b", language="en")])
    assert (found(index, query("a")), found(index, query("stary")), list(index.keys())) == ([2], [], [1, 2])
    assert found(index, query("b", language="en")) == [1]
    index.write([page(3, "pierwszy"), page(3, "drugi")])
    assert (found(index, query("pierwszy")), found(index, query("drugi"))) == ([], [3])
    index.remove([1, 3, 99])
    index.remove([])
    assert (list(index.keys()), found(index, query("drugi"))) == ([2], [])
    assert index.titles_with(["dru"], "pl", 9) == []


def test_documents_come_back_as_they_were(index):
    whole = Document(
        key=7,
        language="pl",
        title="Święto „Podwórek” 🎉",
        subjects=("jedno", "drugie"),
        passages=(Passage("O czym."), Passage("W pliku.", "umowa.pdf")),
        labels=frozenset({NEWS, "year:2026"}),
        date=datetime.date(2026, 1, 2),
        ends=datetime.datetime(2026, 1, 2, 18, 30, tzinfo=datetime.UTC),
        weight=0.7,
    )
    nothing = frozenset[str]()
    index.write([AnalysedDocument(whole, nothing, nothing, nothing, nothing), page(8)])
    assert index.stored([7, 99]) == {7: whole}
    assert index.stored([7], passages=False)[7].title == whole.title


def test_titles_are_found_by_how_their_words_begin(index):
    index.write([page(1, "rada osiedla bronowice male"), page(2, "rada"), page(3, "rynek"), page(4, "obrady rady")])
    assert set(index.titles_with(["ra"], "pl", 9)) == {1, 2, 4}
    assert index.titles_with(["ra"], "pl", 1) == [2]
    assert index.titles_with(["ra", "os"], "pl", 9) == [1]
    assert (
        index.titles_with(["ra"], "en", 9) == index.titles_with([], "pl", 9) == index.titles_with(["*"], "pl", 9) == []
    )


def test_words_are_counted_by_documents(index):
    def words() -> dict[str, int]:
        return dict(index.words("pl"))

    def write(*pages: AnalysedDocument) -> dict[str, int]:
        index.write(pages)
        return words()

    assert words() == {}
    assert write(page(1, text="ala ma kota"), page(2, text="kota żółw")) == {"ala": 1, "ma": 1, "kota": 2, "żółw": 1}
    assert write(page(1, text="ala ma psa")) == {"ala": 1, "ma": 1, "psa": 1, "kota": 1, "żółw": 1}
    assert write(page(2, text="turtle", language="en")) == {"ala": 1, "ma": 1, "psa": 1}
    index.remove([1])
    assert (words(), index.words("en")) == ({}, {"turtle": 1})


def test_it_knows_what_another_version_of_the_analyser_took_apart(index, monkeypatch):
    index.write([page(1), page(2)])
    assert (index.outdated(), set(index.current([1, 2, 3]))) == (0, {1, 2})
    monkeypatch.setattr("search.database.storage.VERSION", "other")
    index.write([page(2)])
    assert (index.outdated(), set(index.current([1, 2, 3]))) == (1, {2})


def test_nothing_is_left_of_what_was_removed(index):
    index.write([page(1, "tajnosc", text="skrytka"), page(2, text="skrytka")])
    before = index.version()
    index.remove([1])
    assert "tajnosc" not in index.words("pl")
    assert index.version() != before, "whoever remembers the words hears of it"
    index.tidy()
    tables = [name for name in connection.introspection.table_names() if name.startswith("search_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - from the database itself
            assert "tajnosc" not in str(cursor.fetchall()), table
    assert found(index, query("skrytka")) == [2]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="its tables of terms are no models, which a restore empties")
def test_terms_without_a_page_go(index):
    if not isinstance(index, DatabaseIndex):
        pytest.skip("It has no tables")
    index.write([page(number, "tajnosc") for number in (1, 2)])
    Entry.objects.filter(pk=1).delete()
    index.tidy()
    with connection.cursor() as cursor:
        for table, term in (("search_terms", f"{TITLE}tajnosc"), ("search_titles", "tajnosc")):
            cursor.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [term])  # noqa: S608 - named here
            assert cursor.fetchall() == [(2,)], table


def test_a_page_with_more_terms_than_a_database_takes_is_found_by_its_title_and_by_some_of_its_text(index):
    long = page(1, "rada", "zarzad", " ".join(f"u{number:x}u4e00u4e01" for number in range(0x4E00, 0x4E00 + 90_000)))
    terms = list(of_document(long))
    assert 800_000 < sum(map(len, terms)) < 1_000_000 and {"trada", "szarzad", "xu4e00u4e00u4e01"} <= {*terms}
    index.write([long])
    assert found(index, query("u4e00u4e00u4e01")) == [1]


def test_an_empty_index_answers_nothing(index):
    nothing: Iterable[int] = []
    assert (found(index, query("a")), list(index.keys()), index.stored([1]), index.outdated()) == ([], nothing, {}, 0)
