"""What staff type into a box of the admin finds what they mean: in any form, by its number, by its address."""

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.search.models import IndexEntry
from wagtail.search.query import MATCH_ALL, MATCH_NONE, And, Boost, Fuzzy, Or, Phrase, PlainText

from home.models import User
from search.admin.objects import texts
from tests import factories

pytestmark = pytest.mark.django_db


def titles(found):
    return [page.title for page in found]


@pytest.fixture
def pages():
    factories.news(title="Piknik na Podgórzu", lead="Sąsiedzi z Łodzi", slug="piknik-2027")
    factories.news(title="Training for neighbours", language="en")
    return Page.objects.filter(depth__gt=3)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        *((words, "Piknik na Podgórzu") for words in ("podgórze", "PODGORZE", "sąsiad", "lodz", "piknik są podgorzu")),
        *((words, "Training for neighbours") for words in ("trainings", "neighbor")),
        *((words, None) for words in ("None", "kraków", "piknik neighbours")),
    ],
)
def test_a_word_is_found_in_every_form_with_and_without_its_accents(pages, words, found):
    assert titles(pages.search(words)) == ([found] if found else [])


def test_the_beginning_of_a_word_is_enough_and_another_form_of_a_whole_one(pages):
    for words in ("pik", "podgo", "na pod", "pikniki", "Podgórze", "piknik-2027", "piknik 20"):
        assert titles(pages.autocomplete(words)) == ["Piknik na Podgórzu"], words
    assert not pages.autocomplete("odgor")


def test_a_picture_has_no_language_and_is_found_in_any():
    factories.image("Podwórko with neighbours")
    model = type(factories.image("Inny"))
    for words in ("podworka", "neighbor"):
        assert titles(model.objects.autocomplete(words)) == ["Podwórko with neighbours"]


@pytest.mark.parametrize("how", ["search", "autocomplete"])
def test_whatever_is_asked_is_answered(pages, how):
    """Stock compilers fail on some of these: a blank query, a quotation mark, names of fields, negations of nothing."""
    ask = getattr(pages, how)
    rada, piknik = PlainText("rada"), PlainText("piknik")
    for nothing in ("", " ", '"', "'", "—", "\x00", "%", "🙂", And([]), Or([]), ~MATCH_ALL, MATCH_NONE, Phrase('"')):
        assert not list(ask(nothing)) or nothing == "🙂", nothing
    for query in ("rada OR (", 'NEAR("a" b)', "piknik*", "ا", "a" * 10_000, "x " * 3_000, "http://[", "\ud800"):
        assert ask(query).count() >= 0
    one = ["Piknik na Podgórzu"]
    for query in (
        piknik,
        Phrase("podgórzu piknik"),
        Boost(piknik, 2),
        Fuzzy("piknik"),
        piknik & ~rada,
        piknik & ~~piknik,
    ):
        assert titles(ask(query)) == one, query
    assert titles(ask(piknik | (rada & ~piknik))) == titles(ask(And([MATCH_ALL, piknik]))) == one
    for others in (~piknik, ~piknik & ~rada, rada | ~piknik, ~(piknik | rada)):
        assert ask(others).count() == pages.count() - 1, others
    for fields in (["title"], ["intro", "lead"], ["title", "no such field"]):
        assert titles(ask("piknik", fields=fields)) == one
    assert titles(ask("piknik", order_by="title")) == titles(ask("piknik").annotate_score("score")) == one
    assert list(ask("piknik").facet("content_type_id").values()) == [1]


def test_a_search_of_titles_looks_at_nothing_else(pages):
    assert titles(pages.search("sąsiad")) == ["Piknik na Podgórzu"]
    assert not pages.search("sąsiad", fields=["title"])


def test_a_page_that_is_named_comes_first(pages):
    page = pages.get(slug="piknik-2027")
    factories.news(title=f"Piknik {page.pk}, piknik-2027: {page.pk}", slug="inny")
    english = pages.get(locale__language_code="en", title="Training for neighbours")
    path = page.get_url()
    for named in (
        str(page.pk),
        "piknik-2027",
        "Piknik-2027",
        path,
        path.strip("/"),
        f"/pl{path}",
        f"https://www.example.org{path}?a=1#b",
        f"localhost:8000{path}",
        f"/admin/pages/{page.pk}/edit/",
        f"https://www.example.org/admin/pages/{page.pk}/",
    ):
        for how in ("search", "autocomplete"):
            found = getattr(pages, how)(named)
            assert found[0] == page, (how, named)
            assert found.count() == len(found) == len({one.pk for one in found})
    assert pages.autocomplete(english.get_url())[0] == english
    assert page not in pages.exclude(pk=page.pk).autocomplete(path), "of what somebody may not see nothing is named"


def test_the_admins_screens_find_by_address(pages, client):
    client.force_login(factories.person(None))
    page = pages.get(slug="piknik-2027")
    for address in ("pages/search/results/", "choose-page/search/"):
        answer = client.get(f"/admin/{address}", {"q": page.full_url, "page_type": "wagtailcore.page"})
        assert "Piknik na Podgórzu" in answer.content.decode(), address


def test_people_and_places_are_found_without_accents(client):
    client.force_login(factories.person(None))
    User.objects.create(username="zz", first_name="Żółć", last_name="Gęślą")
    factories.venue(name="Świetlica na Zabłociu")
    lists = {
        "users": ("Gęślą", ["zolc", "GESLA zółć", "zzz"]),
        "snippets/events/venue": ("Zabłociu", ["zabłocie", "swiet", "inne"]),
    }
    for address, (found, asked) in lists.items():
        shown = [found in client.get(f"/admin/{address}/", {"q": words}).content.decode() for words in asked]
        assert shown == [True, True, False], address


def test_what_older_rules_wrote_is_told_until_it_is_written_anew(pages):
    def told():
        return [message.id for message in run_checks(tags=["search"], databases=["default"])]

    assert told() == []
    IndexEntry.objects.filter(object_id=pages.last().pk).update(body="")
    assert told() == ["search.W003"]
    call_command("update_index", verbosity=0)
    assert told() == []


def test_a_field_that_is_empty_says_nothing():
    document = get_document_model()(title=None, pk=1)
    assert "None" not in [text for _field, text in texts(document, document.get_search_fields()[:1])]
