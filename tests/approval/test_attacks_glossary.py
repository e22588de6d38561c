"""Attacks on the glossary: a definition stands in many chapters, so nobody changes one alone."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from approval.models import Act, LedgerEntry
from approval.publish_guard import NotApprovedError
from catalog.models import GlossaryTerm, glossary
from search.synonyms import thesaurus
from tests import factories
from tests.approval.scene import crew
from tests.workflow import (
    SMUGGLED,
    fresh,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
    what_visitors_see,
)
from translation import glossary as agreed_words

pytestmark = pytest.mark.django_db
EVERYBODY = ("autorka", "redaktorka", "koordynatorka", "tlumaczka", "admin")
VALUES = {"term": "radny", "definition": "Wybrany przez mieszkańców.", "synonyms": "rajca"}


def url(name, *args):
    return reverse(f"wagtailsnippets_catalog_glossaryterm:{name}", args=args)


@pytest.fixture(scope="module")
def term_and_chapter(module_tree):
    author, reviewer, approver, _translator = crew()
    term = GlossaryTerm(locale=factories.home().locale, live=False, **VALUES)
    term.save()
    term.save_revision(user=author)
    term = publish_properly(term, author, reviewer, approver)
    return term, factories.chapter(body=[("text", factories.marked(term))])


@pytest.fixture
def term(term_and_chapter):
    return fresh(term_and_chapter[0])


@pytest.fixture
def chapter(term_and_chapter):
    """It explains the term."""
    return fresh(term_and_chapter[1])


def shown_anywhere(chapter, words: str) -> bool:
    pages = (chapter, factories.glossary(), factories.glossary("en"))
    return any(words in what_visitors_see(page)[1] for page in pages)


def test_a_term_goes_the_way_of_every_text(term, chapter):
    assert term.live
    assert shown_anywhere(chapter, "Wybrany przez mieszkańców.")


def test_a_public_term_edited_and_published(client_as, pages, term, chapter):
    with nothing_changes_for_visitors(chapter):
        for who in EVERYBODY:
            for action in ({"action-publish": "1"}, {}):
                form = {**VALUES, "definition": f"{SMUGGLED} {who} {len(action)}", **action}
                assert refused_politely(client_as(pages(who)).post(url("edit", term.pk), form)), who
    assert not shown_anywhere(chapter, SMUGGLED)


def test_a_term_taken_down_is_gone_in_every_language(term, chapter):
    """From pages, chapters, the search and the words for translators; each language comes back by itself."""
    english = factories.term("councillor", language="en", translates=term, definition="Elected by the residents.")
    marks = factories.chapter(language="en", body=[("text", factories.marked(term))])
    cache.clear()
    assert shown_anywhere(marks, "Elected by the residents.") and shown_anywhere(chapter, "councillor")
    assert "councillor" in str(glossary.synonyms()) and "councillor" in str(glossary.agreed())
    with factories.publish_guard.trusted_command("tests"):
        fresh(term).unpublish()
    cache.clear()
    for page in (marks, chapter):
        assert not shown_anywhere(page, "Elected by the residents.") and not shown_anywhere(page, "councillor")
    assert not fresh(english).live
    assert not [row for row in glossary.synonyms() if "councillor" in str(row)]
    assert not [one for one in glossary.agreed() if "councillor" in str(one)]
    factories.publish(fresh(term))
    cache.clear()
    assert not shown_anywhere(marks, "Elected by the residents.")
    factories.publish(fresh(english))
    cache.clear()
    assert shown_anywhere(marks, "Elected by the residents.")


def test_a_draft_of_a_term_is_known_to_nobody(term, chapter):
    """Not in chapters, not on the page, not to the search, and not to translators."""
    draft = factories.term(SMUGGLED, synonyms="podrzutek", live=False)
    term.term, term.synonyms = f"{SMUGGLED} dwa", "przemyt"
    term.save_revision()
    factories.term("cuckoo", language="en", translates=draft)
    chapter.body = [("text", "".join(f'<p><a linktype="term" id="{one.pk}">on</a></p>' for one in (draft, term)))]
    factories.publish(chapter)
    cache.clear()
    assert not shown_anywhere(fresh(chapter), SMUGGLED)
    assert [entry.term for entry in glossary.known("pl").entries] == ["radny"]
    for asked in (["podrzutek"], ["przemyt"]):
        assert thesaurus("pl").at(asked) == (0, ())
    assert not [hit for hit in agreed_words.split(f"{SMUGGLED}, podrzutek", "en") if hit.term]


def test_a_draft_that_refers_to_a_public_term_shows_nothing_there(term, chapter):
    with nothing_changes_for_visitors(chapter):
        factories.term(SMUGGLED, see_also=[term], live=False)
        other = factories.term("sesja")
        draft = fresh(term).get_latest_revision_as_object()
        draft.see_also.set([other])
        draft.save_revision()
        cache.clear()
        assert all(not entry.see_also for entry in glossary.known("pl").entries)
        factories.remove(other)


def test_a_term_taken_away(client_as, pages, term, chapter):
    bulk = reverse("wagtail_bulk_action", args=["catalog", "glossaryterm", "delete"])
    with nothing_changes_for_visitors(chapter):
        for who in ("autorka", "redaktorka", "tlumaczka"):
            for address in (url("unpublish", term.pk), url("delete", term.pk), f"{bulk}?id={term.pk}&next=/admin/"):
                assert refused_politely(client_as(pages(who)).get(address)), (who, address)
                assert refused_politely(client_as(pages(who)).post(address)), (who, address)
                assert fresh(term).live, (who, address)
        for who in EVERYBODY:
            for address in (url("delete", term.pk), f"{bulk}?id={term.pk}&next=/admin/"):
                client_as(pages(who)).post(address)
                assert fresh(term).live, (who, address)


def test_a_term_is_taken_down_by_a_coordinator_and_its_mark_is_words(client_as, koordynatorka, term, chapter):
    client_as(koordynatorka).post(url("unpublish", term.pk), {"reason": "Nieaktualne."})
    assert not fresh(term).live
    entry = LedgerEntry.objects.for_instance(term).get(act=Act.TAKEN_DOWN)
    assert (entry.user, entry.reason) == (koordynatorka, "Nieaktualne.")
    status, shown = what_visitors_see(chapter)
    assert status == 200
    assert "radny</a>" in shown and "doc-glossary" not in shown
    assert not shown_anywhere(chapter, "Wybrany przez mieszkańców.")


def test_a_term_approved_by_whoever_wrote_it(client_as, koordynatorka, redaktorka, term, chapter):
    term.definition = SMUGGLED
    term.save_revision(user=koordynatorka)
    submit(term, koordynatorka)
    take_step(term, redaktorka)
    state = fresh(term).current_workflow_task_state
    with nothing_changes_for_visitors(chapter):
        browser = client_as(koordynatorka)
        assert refused_politely(browser.post(url("workflow_action", term.pk, "approve", state.pk)))
        answer = browser.post(reverse("newsroom:decide", args=[state.pk]), {"action": "approve"})
        assert refused_politely(answer)


def test_a_term_saved_in_a_shell(term, chapter):
    term.definition = SMUGGLED
    with nothing_changes_for_visitors(chapter), pytest.raises(NotApprovedError):
        term.save()


def test_what_a_shell_lets_public_terms_refer_to_is_a_change_of_theirs(term, chapter):
    other = factories.term("sesja")
    term.see_also.set([other])
    with pytest.raises(NotApprovedError):
        term.save()


def test_a_name_that_somebody_else_took_meanwhile_is_not_approved(autorka, redaktorka, koordynatorka, term, chapter):
    term.term = "wójt"
    term.save_revision(user=autorka)
    factories.term("wójt", live=False)
    with nothing_changes_for_visitors(chapter), pytest.raises(Exception, match="wójt"):
        submit(term, autorka)
        take_step(term, redaktorka)
        take_step(term, koordynatorka)
    assert fresh(term).term == "radny"


def test_a_term_begins_in_the_first_language(client_as, autorka):
    answer = client_as(autorka).post(f"{url('add')}?locale=en", {**VALUES, "locale": "en", "term": "councillor"})
    assert refused_politely(answer)
    assert not GlossaryTerm.objects.filter(term="councillor", locale__language_code="en").exists()


def test_a_translation_says_nothing_of_its_own_about_other_terms(client_as, tlumaczka, term):
    other = factories.term("sesja")
    twin = GlossaryTerm.objects.get(translation_key=term.translation_key, locale__language_code="en")
    values = {**VALUES, "term": "councillor", "synonyms": "", "see_also": [other.pk]}
    answer = client_as(tlumaczka).post(url("edit", twin.pk), values)
    assert answer.status_code == 302
    draft = fresh(twin).get_latest_revision_as_object()
    assert (draft.term, list(draft.see_also.all())) == ("councillor", [])


def test_visitors_have_no_way_to_terms(client, term):
    for name in ("list", "add"):
        assert client.get(url(name)).status_code == 302
    assert client.post(url("edit", term.pk), VALUES).status_code == 302
