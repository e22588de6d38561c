"""What readers said, for those who write: counts, a trend, the texts, and what is handled."""

import datetime

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from approval.roles import AUTHORS, COORDINATORS, LANGUAGE_EDITORS, TRANSLATORS
from catalog.feedback_report import HEIGHT, last_months, rows
from catalog.log_actions import WORDS_REMOVED
from catalog.models import ChapterFeedback, ChapterPage
from tests import factories
from tests.reading import admin_source, document, words

pytestmark = pytest.mark.django_db
REPORT = "/admin/chapters/feedback/"
WORDS = "Brakuje <b>adresu</b>."


@pytest.fixture
def chapter() -> ChapterPage:
    page = factories.chapter(title="Wniosek")
    for helped in (True, True, True, False):
        ChapterFeedback.objects.create(page=page, day=factories.day(), helped=helped, words="" if helped else WORDS)
    return page


def test_counts_and_trend_are_of_the_last_twelve_months(chapter):
    ChapterFeedback.objects.create(page=chapter, day=factories.day(-400), helped=True)
    (row,) = rows()
    assert (row.yes, row.no, row.share, row.open_texts) == (3, 1, 75, 1)
    newest = row.months[-1]
    assert newest.yes_height + newest.no_height == HEIGHT and newest.yes_top == 0


def test_the_months_pass_new_year():
    months = last_months(datetime.date(2026, 2, 28))
    assert (months[0], months[-1], len(months)) == (datetime.date(2025, 3, 1), datetime.date(2026, 2, 1), 12)
    assert last_months(datetime.date(2026, 12, 31))[-1] == datetime.date(2026, 12, 1)


@pytest.mark.parametrize("role", [AUTHORS, LANGUAGE_EDITORS, COORDINATORS, TRANSLATORS])
def test_staff_read_what_is_missing_as_words(client, chapter, role):
    client.force_login(factories.person(role))
    shown = client.get(REPORT)
    assert "Brakuje &lt;b&gt;adresu&lt;/b&gt;." in shown.content.decode()
    assert document(shown).xpath("//*[local-name()='svg'][@class='feedback-trend']/@aria-label")[0].endswith("nie: 1")


def test_nobody_else_reads_it(client, chapter):
    assert client.get(REPORT).status_code == 302
    client.force_login(factories.person(None).__class__.objects.create_user("bez-roli", password="x"))
    assert WORDS[:7] not in admin_source(client.get(REPORT, follow=True))


def test_what_is_handled_leaves_the_list_and_can_come_back(client, chapter):
    editor = factories.person(LANGUAGE_EDITORS)
    client.force_login(editor)
    text = ChapterFeedback.objects.with_words().get()
    address = reverse("chapter_feedback_handle", args=[text.pk])
    client.post(address, {"handled": "1"})
    assert ChapterFeedback.objects.get(pk=text.pk).handled_by == editor
    assert "Brakuje" not in admin_source(client.get(REPORT))
    assert "Brakuje" in admin_source(client.get(f"{REPORT}?handled=1"))
    client.post(address, {"handled": "0"})
    assert ChapterFeedback.objects.open().exists()


def test_who_only_reads_marks_nothing(client, chapter):
    client.force_login(factories.person(AUTHORS))
    text = ChapterFeedback.objects.with_words().get()
    assert not document(client.get(REPORT)).xpath("//section[@id='texts']//form")
    client.post(reverse("chapter_feedback_handle", args=[text.pk]), {"handled": "1"})
    assert ChapterFeedback.objects.open().exists()


def test_marking_leads_to_no_other_site(client, chapter):
    client.force_login(factories.person(COORDINATORS))
    text = ChapterFeedback.objects.with_words().get()
    address = reverse("chapter_feedback_handle", args=[text.pk])
    assert client.post(address, {"handled": "1", "next": "//evil.example/"}).url == REPORT


@pytest.mark.parametrize("query", ["chapter=x", "chapter=999999", "p=-1", "p=x", "handled=2"])
def test_odd_addresses_show_the_report(client, chapter, query):
    client.force_login(factories.person(COORDINATORS))
    assert client.get(f"{REPORT}?{query}").status_code == 200


def test_the_report_costs_the_same_for_many_chapters(chapter, django_assert_num_queries):
    for number in range(6):
        page = factories.chapter(title=f"Rozdział {number}")
        ChapterFeedback.objects.create(page=page, day=factories.day(), helped=False, words=WORDS)
    with django_assert_num_queries(7):  # counts, open texts, chapters; the handbook and its chapters for the numbers
        list(rows())


def test_chapters_stand_as_in_the_polish_book_with_its_numbers(client, chapter):
    english = factories.translated(chapter, title="Application")
    quiet = factories.chapter(title="Cichy")
    ChapterFeedback.objects.create(page=english, day=factories.day(), helped=True)
    assert [(row.chapter.pk, row.number) for row in rows()] == [(chapter.pk, 1), (quiet.pk, 2), (english.pk, 1)]
    client.force_login(factories.person(COORDINATORS))
    shown = document(client.get(REPORT))
    said = [words(cell) for cell in shown.xpath("//table[@class='listing']//tbody//th")]
    assert [one.partition(" ")[0] for one in said] == ["1.", "1."] and "Wniosek" in said[0]
    folded = shown.xpath("//details[@class='feedback-quiet']")[0]
    assert "2. Cichy" in words(folded) and "Wniosek" not in words(folded)
    assert shown.xpath("//main//h2/@id")[:2] == ["texts-title", "counts"]


def test_words_are_removed_for_good_and_the_answer_stays_counted(client, chapter):
    editor = factories.person(LANGUAGE_EDITORS)
    client.force_login(editor)
    text = ChapterFeedback.objects.with_words().get()
    button = document(client.get(REPORT)).xpath("//details[contains(@class, 'feedback-act')]/form/@action")
    assert button == [reverse("chapter_feedback_remove_words", args=[text.pk])]
    client.post(button[0])
    assert ChapterFeedback.objects.get(pk=text.pk).words == ""
    (row,) = rows()
    assert (row.no, row.open_texts) == (1, 0)
    entry = ModelLogEntry.objects.get(action=WORDS_REMOVED)
    assert entry.user == editor and "Brakuje" not in f"{entry.label}{entry.data}"
    assert "Usunięto tekst" in entry.message
    assert client.post(button[0]).status_code == 404 and ModelLogEntry.objects.filter(action=WORDS_REMOVED).count() == 1


def test_all_that_is_shown_is_handled_and_nothing_that_came_since(client, chapter):
    ChapterFeedback.objects.create(page=chapter, day=factories.day(), helped=False, words="Drugie.")
    client.force_login(factories.person(LANGUAGE_EDITORS))
    form = document(client.get(REPORT)).xpath("//form[@class='feedback-all']")[0]
    since = ChapterFeedback.objects.create(page=chapter, day=factories.day(), helped=False, words="Trzecie.")
    client.post(form.get("action"), {"text": [*form.xpath(".//input[@name='text']/@value"), "x", "9" * 30]})
    assert list(ChapterFeedback.objects.open()) == [since]


@pytest.mark.parametrize("act", ["remove_words", "handle_shown"])
def test_who_only_reads_removes_and_marks_nothing(client, chapter, act):
    client.force_login(factories.person(AUTHORS))
    text = ChapterFeedback.objects.with_words().get()
    address = reverse(f"chapter_feedback_{act}", args=[] if act == "handle_shown" else [text.pk])
    client.post(address, {"text": [text.pk]})
    assert ChapterFeedback.objects.open().exists()
