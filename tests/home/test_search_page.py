"""What visitors see of the search: results, states, suggestions, feeds; and that it survives whatever is typed."""

import datetime

import pytest
from django.core.paginator import Paginator
from django.db import connection
from django.template.loader import render_to_string
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from lxml import etree

from home.search_page import ResultsLinks
from search import statistics
from search.querying import MOST_LETTERS
from search.results import Choice, Filter, Hit, Piece, Results
from tests import factories
from tests.reading import document, found, source, words

pytestmark = pytest.mark.django_db
SEARCHES = True
ADDRESS = "/szukaj/"
ODD = [
    *(
        '"',
        "'",
        '"łąka',
        "łąka*",
        "łąka AND",
        "NOT",
        "OR OR OR",
        "NEAR(łąka, 2)",
        "title:łąka",
        "^łąka",
        "-łąka",
        "(((",
    ),
    *("łąka'; DROP TABLE wagtailcore_page; --", "\x00", "łą\x00ka", "…?!—„”", "---", "___", " \t\n ", "😀", "%", "\\"),
    *("a" * 10_000, "słowo " * 2_000, "<script>alert(1)</script>", "{{ 7*7 }}", "ﬁ ß İ ı", "\ue000<b>\ue001"),
]


def ask(client, question, address=ADDRESS, **more):
    response = client.get(address, {"q": question, **more})
    assert response.status_code == 200
    return response


class TestSearch:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def pages(cls, tree):
        with override_settings(SEARCH_AUTO_UPDATE=True):
            item = factories.news(title="Łąka przy Wiśle", date=datetime.date(2026, 6, 12))
            factories.translated(item, title="A meadow by the Vistula", slug="meadow", lead="We plant.")
            factories.chapter(title="Jak zadbać o łąkę")
            factories.event(title="Spacer po łące", start=factories.moment(-30))
            factories.news(title="Łąka w szkicu", live=False)
            factories.news(title="Heathland", language="en")

    def test_a_row_says_what_it_leads_to(self, client):
        shown = ask(client, "łąka")
        assert set(found(shown)) == {"Łąka przy Wiśle", "Jak zadbać o łąkę", "Spacer po łące"}
        rows = document(shown).xpath("//ol[contains(@class, 'rows')]/li")
        news, chapter, event = (
            next(row for row in rows if title in row.text_content()) for title in ("przy", "zadbać", "Spacer")
        )
        assert "Aktualności, 12" in news.text_content()
        assert "1" in chapter.xpath("string(p[contains(@class, 'kicker')])")
        assert "zakończone" in event.text_content()
        assert [mark.text for mark in chapter.xpath("h2//mark")] == ["łąkę"]
        assert "Aktualności" in news.xpath("string(p[last()])"), "where it is"

    def test_each_language_finds_its_own_pages_and_offers_the_others(self, client):
        shown = ask(client, "meadow", "/en/search/")
        assert found(shown) == ["A meadow by the Vistula"]
        (link,) = document(ask(client, "heathland")).xpath("//section//h3//a")
        assert link.get("hreflang") == link.getparent().get("lang") == "en"
        by_its_word = document(ask(client, "meadow")).xpath("//section//h3//a")
        assert [link.get("hreflang") for link in by_its_word] == ["en"], "though it is here in Polish, too"

    @pytest.mark.parametrize(
        ("address", "question", "others", "word"),
        [(ADDRESS, "heathland", "en", "angielsku"), ("/en/search/", "łąka", "pl", "Polish")],
    )
    def test_a_link_leads_to_all_there_is_in_another_language(self, client, address, question, others, word):
        nothing = ask(client, question, address)
        (link,) = document(nothing).xpath("//a[contains(@href, 'language=')]")
        assert word in words(link)
        shown = ask(client, question, address, language=others)
        count = len(found(shown))
        assert f"({count})" in words(link) and count
        rows = document(shown).xpath("//li[contains(@class, 'search-row')]//h2")
        assert {row.get("lang") for row in rows} == {others}
        (feed,) = document(shown).xpath("//link[contains(@href, 'rss') and contains(@href, 'q=')]/@href")
        assert len(etree.fromstring(client.get(feed).content).findall(".//item")) == count
        (back,) = document(shown).xpath(
            "//main//a[@aria-current='true' and contains(@href, 'q=') and contains(., '(')]/@href"
        )
        assert "language" not in back

    @pytest.mark.parametrize("question", ODD)
    def test_odd_questions_get_an_ordinary_answer(self, client, question):
        for address in (ADDRESS, "/en/search/"):
            shown = source(ask(client, question, address, kind=question[:50], place="x", year="x", order="x"))
            assert "<script>alert" not in shown
            assert "<b>" not in shown.partition("<main")[2]
        for name in ("search_suggestions", "search_rss", "search_atom"):
            ask(client, question, reverse(name))

    @pytest.mark.parametrize("number", ["0", "-1", "2", "99999999999999999999", "x", ""])
    def test_odd_page_numbers_show_the_nearest_page(self, client, number):
        assert "Łąka przy Wiśle" in found(ask(client, "łąka", page=number))

    def test_staff_count_a_search_once_where_nothing_is_filtered(self, client):
        statistics.take()
        for more in ({"kind": "news"}, {}, {}):
            client.get(ADDRESS, {"q": "Łąka", **more}, headers={"user-agent": "Mozilla/5.0"})
            assert statistics.is_waiting() != bool(more)
        assert statistics.take() == {("łąka", "pl"): 3}

    def test_suggestions_are_the_same_for_everybody_for_a_minute(self, client):
        answer = ask(client, "łąk", reverse("search_suggestions"))
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert not answer.cookies
        said = answer.json()
        assert "Łąka przy Wiśle" in [one["text"] for one in said["suggestions"]]
        assert all(one["url"].startswith("/") for one in said["suggestions"] if one["url"])
        assert "szkicu" not in str(said)
        assert said["status"].startswith(str(len(said["suggestions"])))
        assert ask(client, "ł", reverse("search_suggestions")).json() == {"suggestions": [], "status": ""}

    @pytest.mark.parametrize("name", ["search", "search_suggestions", "search_rss", "search_atom"])
    def test_nobody_sends_anything_there(self, client, name):
        assert client.post(reverse(name), {"q": "łąka"}).status_code == 405

    def test_a_feed_says_what_is_new_of_what_somebody_looks_for(self, client):
        (told,) = document(ask(client, "łąka")).xpath("//link[contains(@type, 'rss') and contains(@href, 'q=')]/@href")
        rss = etree.fromstring(client.get(told).content)
        assert {item.findtext("title") for item in rss.iter("item")} == set(found(ask(client, "łąka")))
        atom = etree.fromstring(ask(client, "łąka", reverse("search_atom")).content)
        assert len(atom.findall("{*}entry")) == 3
        assert not etree.fromstring(ask(client, "", reverse("search_rss")).content).findall(".//item")


def test_many_results_are_all_to_be_reached_and_cost_as_much_as_one(client):
    for number in range(12):
        factories.chapter(title=f"Sadzenie {'drzew' if number else 'krzewów'} {number}")
    shown = [ask(client, "sadzenie", page=page) for page in ("1", "2")]
    assert len({title for each in shown for title in found(each)}) == 12
    assert "strona 2 z 2" in words(document(shown[1]).find(".//title"))
    costs = []
    for asked_for in ("krzewów", "sadzenie"):
        with CaptureQueriesContext(connection) as asked:
            ask(client, asked_for)
        costs.append(len(asked))
    assert costs[0] == costs[1] < 20


@pytest.mark.parametrize(("address", "language"), [("/szukaj/", "pl"), ("/en/search/", "en")])
def test_the_empty_form_is_a_page_of_its_own_language(client, address, language):
    shown = source(client.get(address))
    assert f'<html lang="{language}"' in shown
    assert '<meta name="robots" content="noindex' in shown


# --- In words -------------------------------------------------------------------------------

KINDS = [Choice("news", "News", 3, True, "q=yard"), Choice("events", "Events", 1, False, "q=yard&kind=events")]


def state(count: int = 0, *, is_shortened: bool = False, **facts) -> str:
    """The sentences over `count` results for "yard"."""
    hits = Paginator(range(count), 10).get_page(1)
    results = Results("yard", hits, **facts)
    context = {
        "results": results,
        "count": count,
        "query": "yard",
        "links": ResultsLinks(results),
        "is_shortened": is_shortened,
        "limit": MOST_LETTERS,
    }
    with override("en"):
        return " ".join(render_to_string("search/state.html", context).split())


@pytest.mark.parametrize(
    ("said", "facts"),
    [
        ("1 result for “yard”.", {"count": 1}),
        ("At least 30 results for “yard”.", {"count": 30, "is_cut": True}),
        ("was cut short", {"is_cut": True}),
        ("No page has all the words of “yard”. Pages with some of them: 2.", {"count": 2, "is_any": True}),
        ('Did you mean: <a href="?q=yards"><b>yards</b></a>? We show 1 result', {"count": 1, "spelling": "yards"}),
        ('<a href="?q=yard">Search without filters</a>', {"filters": [Filter("kind", "Kind", KINDS)]}),
        ("more than 100 characters", {"count": 1, "is_shortened": True}),
        ("Nothing found for “yard”.", {}),
    ],
)
def test_what_was_found_is_said_in_a_sentence(said, facts):
    assert said in state(**facts)


def test_a_mended_word_that_filters_leave_nothing_of_is_still_offered():
    said = state(spelling="yards", filters=[Filter("kind", "Kind", KINDS)])
    assert '<a href="?q=yards&amp;kind=news"><b>yards</b></a>?</p>' in said
    assert "Search without filters" in said


def test_addresses_keep_what_was_chosen_and_no_page_number():
    hits = Paginator(range(30), 10).get_page(2)
    links = ResultsLinks(Results("a & b", hits, [Filter("kind", "Kind", KINDS)], order="date"))
    assert [link.url for link in links.page_links] == [
        "?q=a+%26+b&kind=news&order=date",
        "?q=a+%26+b&kind=news&order=date&page=2",
        "?q=a+%26+b&kind=news&order=date&page=3",
    ]
    assert links.orders["relevance"] == "?q=a+%26+b&kind=news"
    assert links.feeds[0]["url"] == reverse("search_rss") + "?q=a+%26+b&kind=news"
    assert [(one.label, one.remove_url) for one in links.selected] == [("News", "?q=yard")]


def test_a_row_marks_words_and_nothing_else_and_names_the_file():
    page = factories.member(title="Fundacja")
    hit = Hit(
        page, [Piece("Fundacja")], [Piece("o "), Piece("<i>", is_hit=True)], source="Statut.pdf", is_recommended=True
    )
    with override("en"):
        shown = render_to_string("components/search_row.html", {"hit": hit, "level": 2})
    assert "<mark>&lt;i&gt;</mark>" in shown
    assert "Statut.pdf" in shown
    assert "recommended" in shown
    assert '<h2 lang="pl">' in shown
    assert 'hreflang="pl"' in shown
