""" "Did this chapter help?": anonymous, without scripts and cookies, and no way to read or to flood it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client

from catalog import feedback
from catalog.models import ChapterFeedback
from tests import factories
from tests.reading import document, source

pytestmark = pytest.mark.django_db
WORDS = "Brakuje adresu, pod który wysłać wniosek."


@pytest.fixture(scope="module")
def chapter_of_all(module_tree) -> int:
    return factories.chapter(title="Wniosek", slug="wniosek").pk


@pytest.fixture
def address(chapter_of_all: int, db) -> str:
    return f"/katalog/opinia/{chapter_of_all}/"


def say(address: str, words: str = WORDS, helped: str = "no", client: Client | None = None, **more):
    return (client or Client(enforce_csrf_checks=True)).post(address, {"helped": helped, "words": words}, **more)


def test_an_answer_needs_neither_script_nor_cookie_and_leads_back_to_a_thank_you(client, address):
    for form in document(client.get("/katalog/wniosek/")).forms[1:]:
        if form.get("action") == address:
            assert form.method == "POST" and "csrfmiddlewaretoken" not in form.fields
    answer = say(address)
    assert answer.status_code == 303 and answer.url.endswith("/katalog/wniosek/#thanks")
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
    assert document(client.get("/katalog/wniosek/")).get_element_by_id("thanks").get("tabindex") == "-1"
    kept = ChapterFeedback.objects.get()
    assert (kept.helped, kept.words) == (False, WORDS)


def test_the_page_with_the_question_is_the_same_for_everybody(client, address, settings):
    answer = client.get("/katalog/wniosek/", headers={"user-agent": "x"}, **{"pages.wanted": True})
    assert answer.headers["Surrogate-Control"] and not answer.cookies


def test_yes_is_one_press(address):
    assert say(address, "", "yes").status_code == 303
    assert ChapterFeedback.objects.get().helped


@pytest.mark.parametrize(
    ("words", "helped", "said"),
    [
        ("", "no", "Napisz, czego zabrakło"),
        (" \r\n ", "no", "Napisz, czego zabrakło"),
        ("ą" * 501, "no", "Skróć do 500 znaków: teraz jest ich 501"),
        (WORDS, "maybe", "Wybierz jedną z dwóch odpowiedzi"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(address, words, helped, said):
    answer = say(address, words, helped)
    assert answer.status_code == 422 and said in source(answer)
    assert words.strip() in answer.content.decode()
    assert not ChapterFeedback.objects.exists()


def test_five_hundred_characters_fit_however_the_browser_ends_its_lines(address):
    assert say(address, "\r\n".join(["a" * 9] * 50)).status_code == 303
    assert len(ChapterFeedback.objects.get().words) == 499


def test_addresses_and_numbers_of_people_are_never_stored(address):
    say(address, "Piszcie: jan@przyklad.example, 600 100 200.")
    assert ChapterFeedback.objects.get().words == "Piszcie: …, …."


def test_signs_that_no_database_takes_are_left_out(address):
    assert say(address, "Brak\x00uje \x07wzoru").status_code == 303
    assert ChapterFeedback.objects.get().words == "Brakuje wzoru"


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}])
def test_another_site_makes_nobody_vote(address, headers):
    answer = say(address, headers=headers)
    assert answer.status_code == 403 and WORDS in source(answer)
    assert not ChapterFeedback.objects.exists()


def test_what_fills_in_a_field_that_nobody_sees_is_thanked_and_forgotten(address):
    answer = Client().post(address, {"helped": "no", "words": WORDS, "website": "x"})
    assert answer.status_code == 303
    assert not ChapterFeedback.objects.exists()


def test_a_flood_from_one_network_is_stopped_and_its_neighbours_are_not(address):
    answers = [say(address, "", "yes", REMOTE_ADDR=f"2001:db8::{one:x}") for one in range(feedback.MOST_AN_HOUR + 1)]
    assert [answer.status_code for answer in answers[-2:]] == [303, 429]
    assert say(address, REMOTE_ADDR="2001:db8:0:1::1").status_code == 303


def test_a_flood_from_everywhere_ends_with_the_day(address, monkeypatch):
    monkeypatch.setattr(feedback, "MOST_A_DAY", 2)
    answers = [say(address, REMOTE_ADDR=f"203.0.113.{one}") for one in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert WORDS in source(answers[-1])


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_there_is_no_question_about_what_is_not_there(number):
    assert say(f"/katalog/opinia/{number}/").status_code == 404


def test_only_a_public_chapter_in_its_own_language_is_asked_about(address):
    draft = factories.chapter(live=False)
    english = factories.translated(factories.chapter(title="Drugi"), title="Second")
    assert say(f"/katalog/opinia/{draft.pk}/").status_code == 404
    assert say(f"/katalog/opinia/{english.pk}/").status_code == 404
    thanked = say(f"/en/catalogue/feedback/{english.pk}/")
    assert thanked.status_code == 303 and thanked.url.startswith("/en/catalogue/")


def test_whoever_opens_the_address_of_the_form_reads_the_chapter(client, address):
    assert client.get(address).url.endswith("/katalog/wniosek/")


def test_without_a_database_the_words_stay_on_the_page(address, monkeypatch):
    def fail(**_fields):
        raise DatabaseError

    monkeypatch.setattr(ChapterFeedback.objects, "create", fail)
    browser = Client(raise_request_exception=False)
    answer = say(address, client=browser, headers={"origin": "http://testserver"})
    assert answer.status_code == 503 and WORDS in answer.content.decode()


def test_words_are_forgotten_after_a_year_and_answers_stay_counted(address):
    say(address)
    ChapterFeedback.objects.update(day=factories.day(-366))
    say(address)
    call_command("forget_feedback", verbosity=0)
    assert sorted(ChapterFeedback.objects.values_list("words", flat=True)) == ["", WORDS]


def test_nothing_of_a_reader_is_kept(address):
    say(address, REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Mozilla"})
    kept = {name: value for name, value in vars(ChapterFeedback.objects.get()).items() if not name.startswith("_")}
    assert set(kept) == {"id", "page_id", "day", "helped", "words", "handled_at", "handled_by_id"}
    assert type(kept["day"]) is datetime.date
