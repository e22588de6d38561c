"""What changed in a chapter: one sentence, approved with the text, and where readers find it."""

import pytest
from django.test import Client
from django.urls import reverse

from approval import corrections, roles, undo
from approval.diff.word_changes import words_changed
from catalog.models import ChapterChange, ChapterPage
from tests import factories, forms
from tests.approval.scene import crew
from tests.reading import document, source
from tests.workflow import person, publish_properly
from translation import facts, segments

pytestmark = pytest.mark.django_db
SENTENCE = "Wniosek składa się teraz przez internet."


@pytest.fixture
def chapter() -> ChapterPage:
    """Public, with one change that its readers were told of."""
    page = factories.chapter(title="Wniosek", slug="wniosek")
    page.lead, page.change_summary = "Jak go złożyć.", SENTENCE
    factories.publish(page)
    return ChapterPage.objects.get(pk=page.pk)


def history(page: ChapterPage) -> list[tuple[str, str]]:
    return list(ChapterChange.objects.filter(page=page).newest_first().values_list("kind", "sentence"))


def test_the_first_publication_is_a_new_chapter_and_a_sentence_is_a_change(chapter):
    assert history(chapter) == [("change", SENTENCE), ("new", "")]


def test_a_corrected_mistake_is_marked_as_one(client, chapter):
    chapter.change_summary, chapter.change_corrects = "Termin to 30 dni, a nie 14.", True
    factories.publish(chapter)
    assert history(chapter)[0] == ("correction", "Termin to 30 dni, a nie 14.")
    assert "Sprostowanie" in source(client.get("/katalog/zmiany/"))


def test_a_corrected_typing_error_changes_neither_history_nor_the_date_that_readers_see(client, chapter):
    told = ChapterPage.objects.get(pk=chapter.pk).changed_at
    chapter.lead = "Jak go złożyć?"
    factories.publish(chapter)
    page = ChapterPage.objects.get(pk=chapter.pk)
    assert page.change_summary == "" and page.last_published_at > told
    assert page.changed_at == told
    assert history(page) == [("change", SENTENCE), ("new", "")]


def test_a_draft_keeps_its_sentence_until_it_is_public(chapter):
    for lead in ("Raz", "Dwa"):
        chapter.lead, chapter.change_summary = lead, "Nowy wzór wniosku."
        chapter.save_revision()
        chapter = ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object()
    assert chapter.change_summary == "Nowy wzór wniosku."
    assert len(history(chapter)) == 2
    factories.publish(chapter)
    assert history(chapter)[0] == ("change", "Nowy wzór wniosku.")


def test_whoever_saves_a_public_chapter_without_a_change_makes_no_version(client, chapter):
    client.force_login(factories.person(None))
    before = chapter.latest_revision_id
    shown = forms.filled(client, forms.edit_address(chapter), {})
    assert shown["change_summary"] == ""
    client.post(forms.edit_address(chapter), shown)
    chapter.refresh_from_db()
    assert chapter.latest_revision_id == before


def test_the_sentence_of_the_last_change_is_no_sentence_for_this_one(client, chapter):
    client.force_login(factories.person(None))
    answer = forms.send(client, forms.edit_address(chapter), {"change_summary": SENTENCE, "lead": "Inaczej."})
    assert "o tym już wiedzą" in source(answer)


def test_what_comes_back_takes_what_was_said_of_the_newer_text_with_it():
    author, reviewer, approver, _translator = crew()
    page = factories.chapter(title="Wniosek")
    for lead, sentence in (("Pierwszy", "Jest termin."), ("Drugi", "Termin się zmienił.")):
        page.lead, page.change_summary = lead, sentence
        page.save_revision(user=author)
        page = publish_properly(page, author, reviewer, approver)
    assert [sentence for _kind, sentence in history(page)] == ["Termin się zmienił.", "Jest termin.", ""]
    other = factories.person(None)
    undo.put_back(page, other, str(undo.version_before(page).pk))
    assert [sentence for _kind, sentence in history(page)] == ["Jest termin.", ""]


def test_a_small_correction_may_leave_the_sentence_and_say_no_new_one(chapter):
    draft = ChapterPage.objects.get(pk=chapter.pk)
    draft.lead, draft.change_summary = "Jak go napisać.", ""
    assert words_changed(chapter, draft) == 1
    assert not corrections.objection(chapter, draft)
    draft.change_summary = "Coś zupełnie innego."
    assert words_changed(chapter, draft) is None


def test_each_language_says_its_own(client, chapter):
    assert not [one for one in segments.segments_of(chapter) if one.place == "change_summary"]
    assert "change_corrects" not in facts.of(chapter).values
    english = factories.translated(chapter, title="The application")
    english.lead, english.change_summary = "How to hand it in.", "Applications are sent online now."
    factories.publish(english)
    assert "sent online now" in source(client.get("/en/catalogue/changes/"))
    assert SENTENCE not in source(client.get("/en/catalogue/changes/"))


# --- Where readers find it


@pytest.mark.parametrize("address", ["/katalog/", "/katalog/wniosek/", "/katalog/zmiany/", "/katalog/zmiany/rss/"])
def test_readers_find_it(client: Client, chapter, address: str):
    assert SENTENCE in client.get(address).content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_the_feed_leads_to_the_chapter_and_is_named_in_every_head(client, chapter, kind):
    feed = client.get(f"/katalog/zmiany/{kind}/").content.decode()
    assert chapter.full_url in feed and "nowy rozdział" in feed
    assert f"/katalog/zmiany/{kind}/" in {
        link.get("href") for link in document(client.get("/")).xpath("//link[@rel='alternate']")
    }


def test_changes_stand_under_their_months(client, chapter):
    shown = document(client.get("/katalog/zmiany/"))
    assert len(shown.xpath("//main//h2")) == 1
    assert len(shown.xpath("//li[@class='change-row']")) == 2


def test_many_changes_are_read_page_by_page(client, chapter):
    first = ChapterChange.objects.filter(page=chapter).newest_first().first()
    more = [ChapterChange(page=chapter, at=first.at, kind="change", sentence=f"Zmiana {one}.") for one in range(60)]
    ChapterChange.objects.bulk_create(more)
    assert "Zmiana 59." in source(client.get("/katalog/zmiany/"))
    second = client.get("/katalog/zmiany/?page=2")
    assert "Zmiana 0." in source(second)
    assert document(second).xpath("//link[@rel='canonical']/@href")[0].endswith("/katalog/zmiany/?page=2")


def test_the_cost_of_the_list_does_not_grow(client, chapter, django_assert_num_queries):
    for number in range(3):
        factories.chapter(title=f"Rozdział {number}")
    client.get("/katalog/zmiany/?page=1")
    with django_assert_num_queries(7):  # generation, three for the page, its translations; length and rows
        client.get("/katalog/zmiany/?page=1")


# --- What turned out to be wrong


TOLD_AT = ("/katalog/", "/katalog/wniosek/", "/katalog/zmiany/", "/katalog/zmiany/rss/", "/katalog/zmiany/atom/")


def told(client: Client) -> set[str]:
    return {one for one in TOLD_AT if SENTENCE in client.get(one).content.decode().replace("\xa0", " ")}


@pytest.fixture
def hide(chapter, client: Client):
    """A coordinator hides what was said last."""

    def send(reason: str = "Termin był inny.") -> str:
        change = ChapterChange.objects.filter(page=chapter).newest_first().first()
        client.force_login(person("szefowa", roles.COORDINATORS))
        answer = client.post(reverse("chapter_change_hide", args=[change.pk]), {"reason": reason}, follow=True)
        return source(answer)

    return send


@pytest.mark.usefixtures("chapter")
def test_a_hidden_sentence_is_told_nowhere_and_the_rest_stays(client, hide, django_capture_on_commit_callbacks):
    assert told(Client()) == set(TOLD_AT)
    with django_capture_on_commit_callbacks(execute=True):
        hide()
    assert told(Client()) == set()
    assert "Nowy rozdział" in source(Client().get("/katalog/zmiany/"))


def test_who_hid_it_and_why_stands_in_the_history_of_the_chapter(client, chapter, hide):
    hide("Termin był inny.")
    shown = source(client.get(reverse("wagtailadmin_pages:history", args=[chapter.pk])))
    assert SENTENCE in shown and "Termin był inny." in shown


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_without_a_reason_nothing_is_hidden(client, chapter, hide, reason):
    assert "w-field__errors" in hide(reason)
    assert told(Client()) == set(TOLD_AT)


def test_nobody_is_told_again_when_the_chapter_comes_back_or_is_published_with_the_same_words(chapter, hide):
    hide()
    factories.publish(ChapterPage.objects.get(pk=chapter.pk))
    page = ChapterPage.objects.get(pk=chapter.pk)
    page.unpublish()
    factories.publish(ChapterPage.objects.get(pk=chapter.pk).get_latest_revision_as_object())
    assert told(Client()) == set()
    assert ChapterChange.objects.filter(page=chapter, sentence=SENTENCE).count() == 1


def test_a_hidden_sentence_is_no_news_to_whoever_previews_the_public_version(chapter, hide):
    hide()
    page = ChapterPage.objects.get(pk=chapter.pk)
    page.is_preview = True
    assert SENTENCE not in [one.sentence for one in page.history]


def test_the_first_reason_stays(client, chapter, hide):
    hide("Pierwszy powód.")
    change = ChapterChange.objects.get(page=chapter, sentence=SENTENCE)
    client.post(reverse("chapter_change_hide", args=[change.pk]), {"reason": "Drugi powód."})
    shown = source(client.get(reverse("wagtailadmin_pages:history", args=[chapter.pk])))
    assert "Pierwszy powód." in shown and "Drugi powód." not in shown


def test_the_list_of_coordinators_costs_the_same_for_two_changes_and_for_forty(
    client, chapter, django_assert_max_num_queries
):
    client.force_login(person("szefowa", roles.COORDINATORS))
    asked = []
    for _round in range(2):
        client.get(reverse("chapter_changes"))
        with django_assert_max_num_queries(60) as counted:
            client.get(reverse("chapter_changes"))
        asked.append(len(counted))
        rows = [
            ChapterChange(page=chapter, at=chapter.last_published_at, kind="change", sentence="Z") for _ in "x" * 40
        ]
        ChapterChange.objects.bulk_create(rows)
    assert asked[0] == asked[1]
