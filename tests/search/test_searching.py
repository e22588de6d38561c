"""A search as its screens get it: order, filters, passages, and what is said where little is found."""

import datetime
from collections.abc import Iterator

import pytest
from django.core.paginator import Page as ResultsPage
from django.utils import timezone
from wagtail.models import PageViewRestriction

from search import labels, recommendations
from search.analysed import analysed
from search.documents import Document, Passage
from search.index import get_index
from search.results import Choice, Filter, Results
from search.searching import explain, search, suggest
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_index")]
KIND = labels.Taxonomy("kind", "Rodzaj", lambda: {"news": "Aktualności", "event": "Wydarzenia", "page": "Strony"})
YEAR = labels.Taxonomy("year", "Rok", dict)


@pytest.fixture(scope="module")
def empty_index(module_tree) -> None:
    """The pages that every site begins with are found elsewhere."""
    get_index().remove(list(get_index().keys()))


@pytest.fixture(autouse=True)
def taxonomies(monkeypatch) -> None:
    monkeypatch.setattr(labels, "_registered", {one.name: one for one in (KIND, YEAR)})
    monkeypatch.setattr(recommendations, "_providers", [])


def told(title: str, text: str = "", *, language: str = "pl", **more: object) -> int:
    """A public page of which the index knows no more than is said here."""
    page = factories.standard_page(title=title, language=language)
    tell(page, text, **more)
    return page.pk


def tell(page: object, text: str = "", **more: object) -> None:
    fields = {"key": page.pk, "language": page.language, "title": page.title, "passages": (Passage(text),), **more}
    get_index().write([analysed(Document(**fields))])


def titles(results: Results | ResultsPage) -> list[str]:
    return [hit.page.title for hit in results.hits]


def shown(pieces) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in pieces)


class TestWhatIsMeantComesFirst:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def pages(cls, tree) -> None:
        today, day = timezone.now(), datetime.timedelta(days=1)
        told("Rekrutacja do rad osiedli trwa", "Rekrutacja, rekrutacja.")
        told("Rekrutacja")
        told("O nas", "Rekrutacja raz w roku.")
        told("Zespół", subjects=("Rekrutacja",))
        told("Wszystkie rekrutacje i nabory koalicji", weight=0.6)
        told("Gala sąsiedztw 2020", ends=today - 900 * day, date=(today - 900 * day).date())
        told("Gala sąsiedztw 2030", ends=today + 90 * day, date=(today + 90 * day).date())
        told("Relacja z gali sąsiedztw", date=today.date())
        told("Nowa rada dzielnicy", "Wybory odbyły się wczoraj.")
        told("Rada nowej dzielnicy", "Wybory")
        told("Ruszyła nowa rekrutacja liderów")

    def test_the_page_that_is_named_so(self):
        found = titles(search("rekrutacja", "pl"))
        assert found[:2] == ["Rekrutacja", "Rekrutacja do rad osiedli trwa"]
        assert found.index("Zespół") < found.index("O nas")
        assert titles(search("Rekrutacją!", "pl"))[0] == "Rekrutacja"

    def test_what_is_coming_before_what_is_over(self):
        assert titles(search("na galę sąsiedztw", "pl"))[0] == "Gala sąsiedztw 2030"
        assert titles(search("gala sasiedztw", "pl"))[-1] == "Gala sąsiedztw 2020"

    def test_words_in_their_order(self):
        assert titles(search("rada nowej dzielnicy", "pl")) == ["Rada nowej dzielnicy", "Nowa rada dzielnicy"]

    def test_the_newest_where_that_is_asked(self):
        dates = titles(search("gala", "pl", order="date"))
        assert dates == ["Gala sąsiedztw 2030", "Relacja z gali sąsiedztw", "Gala sąsiedztw 2020"]

    def test_some_of_the_words_where_no_page_has_all(self):
        results = search("rekrutacja galowa dzielnicy", "pl")
        assert results.is_any
        assert results.hits.paginator.count > 1
        assert not search("rekrutacja", "pl").is_any


class TestWhenWordsStandNowhere:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def pages(cls, tree) -> None:
        told("Konsultacje w dzielnicy", labels=frozenset({"kind:news"}))
        told("Zgłoszenia", "Konsultacje budżetu.", labels=frozenset({"kind:event"}))

    def test_a_mistyped_one_is_mended_with_a_filter_too(self):
        results = search("konsulatcje", "pl")
        assert (results.spelling, len(titles(results)), results.is_any) == ("konsultacje", 2, False)
        assert titles(search("konsulatcje", "pl", filters={"kind": "event"})) == ["Zgłoszenia"]

    def test_a_filter_that_leaves_nothing_is_no_reason_to_ask_for_something_else(self):
        results = search("konsultacje", "pl", filters={"kind": "page"})
        assert (titles(results), results.spelling, results.is_any) == ([], "", False)

    def test_words_that_look_alike_are_offered(self):
        results = search("zgło", "pl")
        assert (titles(results), results.nearest) == ([], ["zgłoszenia"])

    def test_the_same_word_twice_is_asked_for_once(self):
        assert len(titles(search("konsultacje " * 8, "pl"))) == 2
        assert not search("konsultacje " * 8, "pl").is_any


class TestWhatIsShown:
    def test_whole_words_are_marked_as_they_stand_there(self):
        told(
            "Zebranie na Podgórzu",
            "Nic. " * 60 + "Spotkanie o podgórskich parkach na Podgórzu. Dalej nic. " + "x " * 200,
        )
        (hit,) = search("Podgorze", "pl").hits
        assert shown(hit.title) == "Zebranie na [Podgórzu]"
        assert "na [Podgórzu]. Dalej nic." in shown(hit.passage)
        assert shown(hit.passage).startswith("… ")
        assert shown(hit.passage).endswith(" …")
        assert len(shown(hit.passage)) < 260

    def test_the_file_is_named_in_which_the_words_stand(self):
        told("Wzory", passages=(Passage("Do pobrania."), Passage("Regulamin jury konkursu.", "Regulamin.pdf")))
        (hit,) = search("jury", "pl").hits
        assert (shown(hit.passage), hit.source) == ("Regulamin [jury] konkursu.", "Regulamin.pdf")

    def test_without_them_a_page_says_how_it_begins(self):
        told("Murale", "Pierwsze zdanie. Drugie zdanie.", subjects=("Oferta: ściany i farby dla całych osiedli",))
        (hit,) = search("mural", "pl").hits
        assert shown(hit.passage) == "Oferta: ściany i farby dla całych osiedli"

    def test_the_other_language_is_offered(self):
        told("Community gardens in Wrocław", language="en")
        told("Ogrody we Wrocławiu")
        results = search("wroclaw", "pl")
        assert titles(results) == ["Ogrody we Wrocławiu"]
        assert [shown(hit.title) for hit in results.elsewhere] == ["Community gardens in [Wrocław]"]

    def test_the_other_language_is_not_offered_for_what_is_there_in_this_one(self):
        page = factories.standard_page(title="Park Krakowski")
        english = factories.translated(page, title="Krakowski Park", slug="park")
        tell(page)
        tell(english)
        results = search("park", "pl")
        assert (titles(results), results.elsewhere) == (["Park Krakowski"], [])

    def test_but_it_is_for_words_of_its_own(self):
        page = factories.standard_page(title="Podwórko")
        english = factories.translated(page, title="Courtyard", slug="courtyard")
        tell(page)
        tell(english)
        results = search("courtyard", "pl")
        assert (list(results.hits), [hit.page.title for hit in results.elsewhere]) == ([], ["Courtyard"])

    def test_what_is_not_public_any_more_is_left_out_whatever_the_index_knows(self):
        gone = factories.standard_page(title="Kiedyś jawny")
        closed = factories.standard_page(title="Dziś jawny dla niektórych")
        for page in (gone, closed):
            tell(page)
        tell(type("Deleted", (), {"pk": 999_999, "language": "pl", "title": "Jawny"}))
        type(gone).objects.filter(pk=gone.pk).update(live=False)
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        results = search("jawny", "pl")
        assert (list(results.hits), results.elsewhere) == ([], [])

    def test_staff_choose_what_comes_first(self):
        first, other = told("Porada prawna"), told("Punkt bezpłatnej pomocy")
        hidden = factories.standard_page(title="Szkic", live=False).pk
        recommendations.register(lambda words, language: [hidden, other] if words == "porada" else [])
        results = search("porada", "pl")
        assert [(hit.page.pk, hit.is_recommended) for hit in results.hits] == [(other, True), (first, False)]
        assert results.hits.paginator.count == 2

    def test_a_search_asks_as_many_queries_for_ten_hits_as_for_one(self, django_assert_max_num_queries):
        def count() -> int:
            search("licznik", "pl")
            with django_assert_max_num_queries(30) as asked:
                search("licznik", "pl")
            return len(asked)

        told("Licznik")
        one = count()
        for number in range(12):
            told(f"Licznik {number}", date=timezone.localdate())
        assert count() <= one


class TestFilters:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def pages(cls, tree) -> Iterator[None]:
        told("Łąka 1", labels=frozenset({"kind:news", "year:2026"}))
        told("Łąka 2", labels=frozenset({"kind:news", "year:2025"}))
        told("Łąka 3", labels=frozenset({"kind:event", "year:2026"}))
        yield

    def test_each_choice_says_how_many_results_it_leaves(self):
        kinds, years = search("łąka", "pl").filters
        assert [(one.label, one.count, one.is_chosen, one.query) for one in kinds.choices] == [
            ("Aktualności", 2, False, "q=%C5%82%C4%85ka&kind=news"),
            ("Wydarzenia", 1, False, "q=%C5%82%C4%85ka&kind=event"),
        ]
        assert [(one.value, one.count) for one in years.choices] == [("2026", 2), ("2025", 1)]

    def test_what_is_chosen_leaves_the_others_their_counts(self):
        results = search("łąka", "pl", filters={"kind": "event", "q": "x", "year": ""}, order="date")
        assert titles(results) == ["Łąka 3"]
        (kinds,) = results.filters  # one year alone leaves no choice
        assert [(one.value, one.count, one.is_chosen) for one in kinds.choices] == [
            ("news", 2, False),
            ("event", 1, True),
        ]
        assert kinds.choices[1].query == "q=%C5%82%C4%85ka&order=date"

    @pytest.mark.parametrize("filters", [{"kind": "nic"}, {"nic": "news"}, {"year": "x' OR"}, {"kind": ""}])
    def test_what_no_filter_knows_is_passed_over(self, filters):
        assert search("łąka", "pl", filters=filters).hits.paginator.count == 3

    def test_the_language_is_a_filter_that_counts_with_the_others(self):
        told("Łąka in English 1", language="en", labels=frozenset({"kind:news"}))
        told("Łąka in English 2", language="en", labels=frozenset({"kind:event"}))

        def language(**filters: str) -> list[tuple[str, int, bool, str]]:
            (last,) = (one for one in search("łąka", "pl", filters=filters).filters if one.name == "language")
            return [(one.label, one.count, one.is_chosen, one.query.partition("&")[2]) for one in last.choices]

        assert language() == [("Po angielsku", 2, False, "language=en")]
        assert language(kind="news") == [("Po angielsku", 1, False, "kind=news&language=en")]
        assert language(language="en") == [("Po angielsku", 2, True, "")]
        chosen = search("łąka", "pl", filters={"language": "en", "kind": "news"}, order="date")
        assert (titles(chosen), list(chosen.elsewhere)) == (["Łąka in English 1"], [])
        for other in ("pl", "xx", ""):
            assert search("łąka", "pl", filters={"language": other}).hits.paginator.count == 3
        nothing = search("łąka", "pl", filters={"language": "en", "year": "1999"})
        assert [(one.name, one.choices[-1].is_chosen) for one in nothing.filters] == [
            ("year", True),
            ("language", True),
        ]

    def test_many_choices_are_folded_by_their_headings(self):
        def of(*headings: str) -> Filter:
            made = [Choice(f"{n}", f"{n}", 1, n == 9, "", heading) for n, heading in enumerate(headings)]
            return Filter("place", "Miejsce", made)

        few, many = of("", "Kraków", "Wrocław"), of("", *["Kraków"] * 7, "", *["Wrocław"] * 3)
        assert (len(few.shown), few.folds) == (3, [])
        assert [one.value for one in many.shown] == ["0", "8"]
        assert [(one.heading, len(one.choices), one.is_open) for one in many.folds] == [
            ("Kraków", 7, False),
            ("Wrocław", 3, True),
        ]
        assert [(one.heading, len(one.choices)) for one in of(*[""] * 12).folds] == [("", 4)]

    def test_nothing_left_still_shows_the_way_back(self):
        results = search("łąka", "pl", filters={"year": "1999"})
        assert titles(results) == []
        assert [(one.value, one.is_chosen) for one in results.filters[-1].choices][-1] == ("1999", True)


def test_results_come_in_pages():
    for one in range(25):
        told(f"Strona numer {one}")
    for number, page, hits in ((None, 1, 10), ("2", 2, 10), ("x", 1, 10), ("0", 3, 5), ("999999999999", 3, 5)):
        results = search("strona", "pl", number=number)
        assert (results.hits.number, len(titles(results)), results.hits.paginator.count) == (page, hits, 25)
    assert len(titles(search("strona", "pl", size=20))) == 20


@pytest.mark.parametrize(
    "words", ["", " ", "!?", '"', "\0", "🎉", "‮", "' OR 1=1 --", "a" * 10_000, "NEAR(a b)", "a AND"]
)
def test_any_string_is_a_query(words):
    results = search(words, "pl")
    assert (results.words, titles(results), results.is_cut) == (words, [], False)


class TestSuggestions:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def pages(cls, tree) -> None:
        for title in ("Zgłoś się do rady", "Rada Osiedla Łęg", "Rady i porady"):
            told(title)
        told("Radical gardening", language="en")
        tell(factories.standard_page(title="Radny w szkicu", live=False))
        page = factories.standard_page(title="Ogród radosny")
        tell(page)
        tell(factories.translated(page, title="Radiant garden", slug="garden"))  # it is there in Polish

    def test_titles_that_begin_so_come_first(self):
        found = suggest("rad", "pl")
        assert {one.text for one in found[2:4]} == {"Zgłoś się do rady", "Ogród radosny"}
        assert [one.text for one in found[4:]] == ["Radical gardening"]
        assert {one.text for one in found[:2]} == {"Rada Osiedla Łęg", "Rady i porady"}
        assert [one.lang for one in found] == ["", "", "", "", "en"]
        assert all(one.url for one in found)
        assert [one.text for one in suggest("RADA leg", "pl")] == ["Rada Osiedla Łęg"]
        assert len(suggest("rad", "pl", limit=2)) == 2

    @pytest.mark.parametrize("typed", ["", "r", "!", '"', "ra*", "\0", "x" * 10_000, "rad " * 100, "🎉🎉"])
    def test_anything_may_be_typed(self, typed):
        assert {one.text for one in suggest(typed, "pl")} <= {one.text for one in suggest("ra", "pl")}


class TestWhyAPageIsFound:
    def test_by_which_words_and_where_it_stands(self):
        first = told("Jury konkursu", "Kto ocenia?")
        key = told("Konkurs", "W jury zasiadają radni.", subjects=("Konkursy dzielnic",))
        why = explain(key, "jury konkursu", "pl")
        assert [(one.field, one.words) for one in why.groups] == [
            ("text", ["jury"]),
            ("title", ["Konkurs", "Konkursy"]),
        ]
        assert (why.is_public, why.is_indexed, why.is_current, why.place, why.count) == (True, True, True, 2, 2)
        assert (why.first, why.is_other_language) == (first, False)
        assert why.score.words > 0

    def test_what_it_lacks(self):
        key = told("Konkurs", language="en")
        told("Nagroda jury")
        why = explain(key, "nagroda jury", "pl")
        assert [one.field for one in why.groups] == ["", ""]
        assert (why.place, why.is_other_language) == (None, True)

    def test_of_a_page_that_the_index_does_not_know(self):
        draft = factories.standard_page(title="Szkic", live=False)
        for words in ("szkic", "", "!"):
            why = explain(draft.pk, words, "pl")
            assert (why.is_public, why.is_indexed, why.groups, why.score) == (False, False, [], None)
