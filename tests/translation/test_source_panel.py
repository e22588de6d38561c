"""The original beside its translation: in the editor, and where somebody decides."""

import re

import pytest
from django.urls import reverse

from home.models import SiteSettings, StandardPage
from tests import factories
from tests.reading import source
from tests.translation.fixtures import PARAGRAPHS
from tests.workflow import APPROVED, fresh, publish_properly, submit, take_step, whole_url
from translation import changes, drafts, glossary, originals, segments, source_panel

pytestmark = pytest.mark.usefixtures("shared_translation")


def panel(browser, page) -> str:
    """The inside of the panel in the editor of `page`; "" if it isn't there."""
    found = re.search(
        r'data-side-panel="original"[^>]*>(.*?)<div class="form-side__panel"',
        source(browser.get(whole_url(page))) + '<div class="form-side__panel"',
        re.S,
    )
    return found[1] if found else ""


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- In the editor


def test_the_approved_words_stand_beside_the_form_in_their_language(client_as, tlumaczka, live_page, translated):
    draft = fresh(live_page).get_latest_revision_as_object()
    draft.lead = "Nobody has approved this"
    draft.save_revision()
    found = panel(client_as(tlumaczka), translated)
    assert APPROVED in found
    assert "Nobody has approved this" not in found
    assert 'lang="pl"' in found
    assert 'data-place="lead"' in found
    assert "Zgodne z oryginałem z" in words(found)
    assert "source-panel__mark" not in found


def test_what_changed_is_marked_with_its_old_and_new_words(client_as, tlumaczka, translated, change):
    change(lead="Zapraszamy sąsiadów na zebranie w piątek")
    draft = fresh(translated).get_latest_revision_as_object()
    draft.source_version = originals.original_of(translated).source_version
    draft.save_revision(user=tlumaczka)
    change(lead="Zapraszamy sąsiadów na zebranie w sobotę")
    found = panel(client_as(tlumaczka), translated)
    assert "source-panel__segment--changed" in found
    assert "<del>piątek</del>" in found
    assert "<ins>sobotę</ins>" in found
    assert "Zmieniono 1 fragment." in words(found)


def test_words_of_the_original_are_no_markup_of_the_admin_and_terms_are_marked(
    client_as, tlumaczka, translated, change
):
    change(
        lead="<script>alert(1)</script> & Wniosek o utworzenie KDO",
        body=text_block("<p>Tekst <b>gruby</b> &lt;i&gt;</p>"),
    )
    found = panel(client_as(tlumaczka), translated)
    assert '<mark>Wniosek</mark> <span class="source-panel__term" lang="en">application</span>' in found
    assert "<script>alert" not in found
    assert "&lt;script&gt;" in found
    assert "<b>gruby</b>" in found
    assert "&lt;i&gt;" in found


def test_an_original_that_was_taken_down_is_said_to_be(client_as, tlumaczka, koordynatorka, live_page, translated):
    fresh(live_page).unpublish(user=koordynatorka)
    assert "nie ma teraz w serwisie" in panel(client_as(tlumaczka), translated)


# --- What changed


def text_block(html: str) -> list:
    return [{"type": "text", "id": "11111111-1111-4111-8111-111111111111", "value": html}]


def test_a_new_first_paragraph_makes_no_other_one_new(live_page, change):
    change(body=text_block(PARAGRAPHS))
    before = segments.segments_of(fresh(live_page))
    change(body=text_block(f"<p>Zupełnie nowy.</p>{PARAGRAPHS}"))
    found = changes.between(before, segments.segments_of(fresh(live_page)))
    assert [(one.kind, one.segment.text) for one in found] == [("new", "Zupełnie nowy.")]
    back = changes.between(segments.segments_of(fresh(live_page)), before)
    assert [(one.kind, one.segment.text) for one in back] == [("removed", "Zupełnie nowy.")]


def test_one_cell_of_a_large_table_is_one_change(live_page):
    """Python's matcher takes words that come often for noise, from 200 cells on, unless it is told not to."""
    cells = [["tak", "nie", "nie wiemy"] for _row in range(80)]
    table = {"data": cells, "table_caption": ""}
    live_page.body = [{"type": "table", "id": "22222222-2222-4222-8222-222222222222", "value": table}]
    before = segments.segments_of(live_page)
    cells[40][1] = "jeszcze nie"
    live_page.body = [{"type": "table", "id": "22222222-2222-4222-8222-222222222222", "value": table}]
    found = changes.between(before, segments.segments_of(live_page))
    assert [(one.kind, one.before, one.segment.text) for one in found] == [("changed", "nie", "jeszcze nie")]


def test_the_address_of_the_original_is_no_change(live_page):
    before = segments.segments_of(live_page)
    live_page.slug = "inny-adres"
    assert changes.between(before, segments.segments_of(live_page)) == []


# --- The glossary


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("rady dzielnic", "district council"),
        ("radach dzielnic", "district council"),
        ("w sąsiedztwie", "neighbourhood"),
        ("aktywnych sąsiedztw", "active neighbourhoods"),
        ("wizycie studyjnej", "study visit"),
        ("organizacji pozarządowych", "NGO"),
        ("KDO", "Civic Dialogue Commission (KDO)"),
        ("Komisji Dialogu Obywatelskiego", "Civic Dialogue Commission (KDO)"),
        ("wnioskiem", "application"),
        ("uchwale", "resolution"),
        ("protokole", "minutes"),
        ("naborze", "call"),
        ("Prezydentowi Miasta", "Mayor"),
        ("konsultacjami", "public consultation"),
    ],
)
def test_terms_are_found_whatever_their_ending(text, term):
    assert term in [found.term for found in glossary.split(f"Mowa o {text}, tak.", "en")]


@pytest.mark.parametrize("text", ["wnioskodawca", "samorządność", "galeria sojuszników", "kdo", "rada", "opiniować"])
def test_other_words_are_no_terms(text):
    assert not [found for found in glossary.split(text, "en") if found.term]


def test_nothing_is_lost_between_terms():
    text = "Rada dzielnicy i KDO: wniosek o szkolenie, bez zmian."
    assert "".join(found.words for found in glossary.split(text, "en")) == text


def test_an_address_holds_no_terms():
    address = segments.Segment("slug", "slug", "slug", "Address", "wniosek-do-rady-dzielnicy")
    assert source_panel.marked(address, "en") == "wniosek-do-rady-dzielnicy"


def test_a_language_without_agreed_words_marks_nothing():
    assert [found.term for found in glossary.split("KDO i wniosek", "uk")] == [""]


# --- Where somebody decides


def decision(browser, page) -> str:
    state = fresh(page).current_workflow_task_state
    return source(browser.get(reverse("newsroom:decide", args=(state.pk,))))


def test_whoever_decides_reads_both_side_by_side_and_is_warned_of_words_left_as_they_were(
    client_as, tlumaczka, redaktorka, live_page, translated
):
    draft = fresh(translated).get_latest_revision_as_object()
    draft.title, draft.lead = "Words to be approved", live_page.lead
    draft.save_revision(user=tlumaczka)
    submit(fresh(translated), tlumaczka)
    found = decision(client_as(redaktorka), translated)
    table = re.search(r'<table class="source-table">.*?</table>', found, re.S)[0]
    assert re.search(rf'<td lang="pl">{live_page.title}\s*</td>\s*<td lang="en">Words to be approved\s*</td>', table)
    assert "1 fragment brzmi słowo w słowo jak w oryginale" in words(found)
    assert "beside-table__same" in found


def test_whoever_decides_learns_which_edition_it_says(
    client_as, tlumaczka, redaktorka, koordynatorka, translated, change
):
    draft = fresh(translated).get_latest_revision_as_object()
    draft.lead = "Other words for 148 people"
    draft.save_revision(user=tlumaczka)
    submit(fresh(translated), tlumaczka)
    found = decision(client_as(redaktorka), translated)
    assert "Zgodne z oryginałem z" in found
    assert "tylko w tłumaczeniu: 148" in found, "of a wrong number the translator was warned, and so is whoever decides"
    take_step(translated, redaktorka)
    take_step(translated, koordynatorka)
    draft.title = "Another title"
    draft.save_revision(user=tlumaczka)
    submit(fresh(translated), tlumaczka)
    assert "tylko w tłumaczeniu" not in decision(client_as(redaktorka), translated), "it was approved so"
    change(lead="Oryginał tymczasem inny, dla 150 osób")
    found = decision(client_as(redaktorka), translated)
    assert "Oryginał zmieniono" in found and "tylko w" not in found, "it has to follow the original first"
    draft = fresh(translated).get_latest_revision_as_object()
    draft.source_version = originals.original_of(translated).source_version
    draft.lead = "Other words for 15 people"
    draft.save_revision(user=tlumaczka)
    assert "tylko w tłumaczeniu: 15" in decision(client_as(redaktorka), translated), "where the original just changed"


def test_an_original_is_decided_on_without_another_language(client_as, redaktorka, in_review):
    assert "source-table" not in decision(client_as(redaktorka), in_review)


# --- The question to the writer of the original


def test_the_question_stands_where_the_text_is_sent_and_in_review_in_the_form(
    client_as, autorka, redaktorka, live_page, translated, in_review
):
    def asked(user, page) -> tuple[int, int]:
        """How often it is asked, in the window that sends and in the form."""
        found = client_as(user).get(whole_url(page)).content.decode()
        assert 'data-side-panel="original"' not in found, "an original has none beside it"
        return found.count('type="radio" name="keeps_source_version"'), found.count('id="id_keeps_source_version"')

    assert asked(autorka, live_page) == (3, 0)
    assert asked(redaktorka, in_review) == (0, 0)
    live_page.lead = "Other words"
    live_page.save_revision(user=autorka)
    submit(live_page, autorka)
    assert asked(redaktorka, live_page) == (0, 1)


def test_beside_knows_no_original_of_an_original(live_page):
    assert source_panel.source_panel(live_page) is None


def test_the_settings_of_a_language_have_their_original_beside_them_too(client_as, tlumaczka, english):
    settings = SiteSettings.objects.get(locale=english)
    address = reverse(settings.snippet_viewset.get_url_name("edit"), args=(settings.pk,))
    page = client_as(tlumaczka).get(address).content.decode()
    assert 'data-side-panel="original"' in page
    assert 'data-place="tagline"' in page


def test_terms_are_marked_beside_a_page_that_is_translated_piece_by_piece(
    client_as, tlumaczka, autorka, redaktorka, koordynatorka, english
):
    original = StandardPage(title="O radzie", slug="o-radzie", owner=autorka, lead="Wniosek do rady dzielnicy")
    factories.grow(original, factories.home(), live=False)
    original.save_revision(user=autorka, log_action=True)
    page = drafts.begin(publish_properly(fresh(original), autorka, redaktorka, koordynatorka), english, tlumaczka)
    assert "<mark>rady dzielnicy</mark>" in client_as(tlumaczka).get(whole_url(page)).content.decode()
