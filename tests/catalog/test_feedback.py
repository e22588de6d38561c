""" "Did this chapter help?": anonymous, without scripts and cookies, and no way to read or to flood it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from catalog import feedback
from catalog.models import ChapterFeedback
from home.models import SiteSettings
from tests import factories
from tests.reading import document, source
from tests.reading import words as words_of

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


@pytest.mark.parametrize(
    "words", ["PESEL 90010112345", "konto PL61 1090 1014 0000 0712 1981 2874", "6 0 0-1 0 0-2 0 0"]
)
def test_long_numbers_are_of_people_and_never_stored(address, words):
    say(address, f"Sprawa: {words}, od 06.01.2027.")
    kept = ChapterFeedback.objects.get().words
    assert not any(sign.isdigit() for sign in kept.replace("06.01.2027", "")) and kept.endswith("…, od 06.01.2027.")


def test_what_is_far_too_long_is_refused_and_comes_back_as_a_beginning(address):
    answer = say(address, "ą" * 900_000)
    assert answer.status_code == 413 and len(answer.content) < 30_000
    page = document(answer)
    field = page.get_element_by_id("words")
    assert field.get("aria-invalid") and len(field.text) == feedback.LONGEST_SHOWN
    assert "Skróć" in page.get_element_by_id("words-error").text
    assert not ChapterFeedback.objects.exists()


FOREIGN = {"origin": "https://other.example"}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": ""},
        FOREIGN,
        *({**FOREIGN, "sec-fetch-site": site} for site in ("none", "same-origin", "")),
        {"origin": "null"},
        {"origin": "null", "sec-fetch-site": "none"},
    ],
)
def test_another_site_makes_nobody_vote(address, headers):
    answer = say(address, headers=headers)
    assert answer.status_code == 403 and WORDS in source(answer)
    assert not ChapterFeedback.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "none"},
        {"origin": "http://testserver", "sec-fetch-site": "same-origin"},
        {"origin": "null", "sec-fetch-site": "same-origin"},
    ],
)
def test_whatever_a_browser_tells_its_own_reader_is_heard(address, headers):
    assert say(address, headers=headers).status_code == 303


def test_what_fills_in_a_field_that_nobody_sees_is_thanked_and_forgotten(address):
    answer = Client().post(address, {"helped": "no", "words": WORDS, "website": "x"})
    assert answer.status_code == 303
    assert not ChapterFeedback.objects.exists()


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
    def fail(*_answer, **_fields):
        raise DatabaseError

    monkeypatch.setattr(ChapterFeedback, "save", fail)
    browser = Client(raise_request_exception=False)
    answer = say(address, client=browser, headers={"origin": "http://testserver"})
    assert answer.status_code == 503 and WORDS in answer.content.decode()


def test_words_are_forgotten_after_a_year_and_answers_stay_counted(address):
    say(address)
    ChapterFeedback.objects.update(day=factories.day(-366))
    say(address)
    call_command("forget_feedback", verbosity=0)
    assert sorted(ChapterFeedback.objects.values_list("words", flat=True)) == ["", WORDS]


def test_words_that_were_handled_are_forgotten_after_a_month(address):
    say(address)
    say(address, "Drugie.")
    handled = ChapterFeedback.objects.filter(words=WORDS)
    handled.update(handled_at=timezone.now() - datetime.timedelta(days=29))
    call_command("forget_feedback", verbosity=0)
    assert handled.exists()
    handled.update(handled_at=timezone.now() - datetime.timedelta(days=31))
    call_command("forget_feedback", verbosity=0)
    assert sorted(ChapterFeedback.objects.values_list("words", "helped")) == [("", False), ("Drugie.", False)]


@pytest.mark.parametrize(
    ("language", "slugs"), [("pl", ("kontakt", "polityka-prywatnosci")), ("en", ("contact", "privacy-policy"))]
)
def test_the_form_leads_to_the_contact_and_the_policy_of_the_footer(client, language, slugs):
    pages = [factories.standard_page(language=language, slug=slug) for slug in slugs]
    put_into_footer(language, pages)
    chapter = factories.chapter(title="Trzeci")
    chapter = chapter if language == "pl" else factories.translated(chapter, title="Third")
    page = document(client.get(chapter.url))
    expected = [one.url for one in pages]
    assert page.xpath("//p[@id='feedback-words-hint']/a/@href") == expected
    address = page.xpath("//section[@id='feedback']//form/@action")[0]
    assert document(say(address, "")).xpath("//p[@id='words-hint']/a/@href") == expected


def test_the_form_leads_nowhere_where_the_footer_does_not(client, address):
    hint = document(client.get("/katalog/wniosek/")).get_element_by_id("feedback-words-hint")
    assert "napisz do nas" in words_of(hint) and not hint.xpath(".//a")


def put_into_footer(language, pages):
    settings = SiteSettings.objects.get(locale__language_code=language)
    links = [{"page": one, "label": one.title, "address": ""} for one in pages]
    settings.footer = [("column", {"heading": "Koalicja", "links": links})]
    factories.approved(settings)


def test_nothing_of_a_reader_is_kept(address):
    say(address, REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Mozilla"})
    kept = {name: value for name, value in vars(ChapterFeedback.objects.get()).items() if not name.startswith("_")}
    assert set(kept) == {"id", "page_id", "day", "helped", "words", "handled_at", "handled_by_id"}
    assert type(kept["day"]) is datetime.date
