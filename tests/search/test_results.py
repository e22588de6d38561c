"""The results page: finds what is there, and survives whatever is typed."""

import pytest

from search.queries import RESULTS_ON_A_PAGE
from tests import factories
from tests.reading import source

pytestmark = pytest.mark.django_db
ADDRESS = "/szukaj/"


def ask(client, words, address=ADDRESS, **more):
    response = client.get(address, {"q": words, **more})
    assert response.status_code == 200
    return response


def found(response) -> list[str]:
    return [page.title for page in response.context["results"].object_list]


class TestSearch:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def pages(cls, tree):
        item = factories.news(title="Łąka przy Wiśle", body=[("text", "<p>Sadzimy jaskry.</p>")])
        factories.translated(item, title="A meadow by the Vistula", slug="meadow", lead="We plant.", body=[])
        factories.member(title="Fundacja Brama", lead="Otwieramy podwórka.")
        factories.event(title="Spacer po łące")
        factories.news(title="Łąka w szkicu", live=False)

    @pytest.mark.parametrize(
        ("words", "title"),
        [
            ("łąka", "Łąka przy Wiśle"),
            ("ŁĄKA", "Łąka przy Wiśle"),
            ("jaskry", "Łąka przy Wiśle"),
            ("podwórka", "Fundacja Brama"),
            ("spacer", "Spacer po łące"),
        ],
    )
    def test_titles_leads_and_bodies_are_found(self, client, words, title):
        assert title in found(ask(client, words))

    def test_a_draft_is_not_found(self, client):
        assert "Łąka w szkicu" not in found(ask(client, "łąka"))

    def test_each_language_finds_its_own_pages(self, client):
        assert found(ask(client, "meadow", "/en/search/")) == ["A meadow by the Vistula"]
        assert found(ask(client, "meadow")) == []

    def test_nothing_found_is_said_in_words(self, client):
        assert "„xyzzy”" in source(ask(client, "xyzzy"))

    @pytest.mark.parametrize(
        "words",
        [
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
            "łąka'; DROP TABLE wagtailcore_page; --",
            "\x00",
            "łą\x00ka",
            "…?!—„”",
            "---",
            "___",
            " \t\n ",
            "😀",
            "%",
            "\\",
            "a" * 10_000,
            "słowo " * 2_000,
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "ﬁ ß İ ı",
        ],
    )
    def test_odd_questions_get_an_ordinary_answer(self, client, words):
        assert "<script>alert" not in source(ask(client, words))
        ask(client, words, "/en/search/")

    @pytest.mark.parametrize("number", ["0", "-1", "2", "99999999999999999999", "x", ""])
    def test_odd_page_numbers_show_the_nearest_page(self, client, number):
        assert "Łąka przy Wiśle" in found(ask(client, "łąka", page=number))


def test_more_results_than_a_page_holds_are_all_to_be_reached_and_cost_as_much_as_one(
    client, django_assert_num_queries
):
    for number in range(RESULTS_ON_A_PAGE + 2):
        factories.news(title=f"Sadzenie {'drzew' if number else 'krzewów'} {number}")
    titles = set()
    for page in ("1", "2"):
        response = ask(client, "sadzenie", page=page)
        titles |= set(found(response))
    assert len(titles) == RESULTS_ON_A_PAGE + 2
    assert "page=2" in source(ask(client, "sadzenie"))
    for words in ("sadzenie", "krzewów"):
        ask(client, words)
        # Content generation, language, restrictions, number of hits, hits, and their one page type.
        with django_assert_num_queries(6):
            ask(client, words)


@pytest.mark.parametrize(("address", "language"), [("/szukaj/", "pl"), ("/en/search/", "en")])
def test_the_empty_form_is_a_page_of_its_own_language(client, address, language):
    shown = source(client.get(address))
    assert f'<html lang="{language}">' in shown
    assert '<meta name="robots" content="noindex' in shown


def test_a_result_names_its_section_not_its_page_type(client):
    factories.news(title="Żywopłot")
    factories.standard_page(title="Żywopłot zostaje")
    shown = source(ask(client, "żywopłot"))
    assert shown.count('<p class="kicker">') == 1
    assert '<p class="kicker">Aktualności</p>' in shown
