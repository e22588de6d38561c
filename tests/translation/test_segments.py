"""The editor of long-lived pages: a change in the original asks for that piece alone."""

import json
from typing import Any

import lxml.html
import pytest
from django.test import Client
from django.utils import translation
from wagtail.models import Comment

from approval import release_standing, returns, roles
from approval.views.subjects import decision_address
from home.models import StandardPage
from tests import factories
from tests.approval.release_scene import together
from tests.reading import source
from tests.translation.fixtures import FIRST, approved, into_english, make_standard_original, standard_pair
from tests.workflow import edit_url, fresh, in_an_hour, log_in, person, submit, take_step, what_visitors_see
from translation import checks, freshness, segments
from translation.freshness import State
from translation.segmented import TranslationUnit
from translation.views.segment_rows import SegmentRow
from translation.views.segment_state import Counter
from translation.views.segments import SENT

pytestmark = pytest.mark.usefixtures("shared_standard_draft")

SEND = {"action-submit": "1"}
ENGLISH = {
    "title": "Contact us here",
    "slug": "contact-us",
    FIRST: "The first paragraph is about neighbours from the yard.",
    'Drugi akapit mówi o <b>drzewach</b> i o <a id="a1">domu</a> obok.': (
        'The second paragraph is about <b>trees</b> and the <a id="a1">house</a> next to them.'
    ),
}


@pytest.fixture
def original(standard_original) -> Any:
    return standard_original


@pytest.fixture
def draft(standard_draft) -> Any:
    return standard_draft


@pytest.fixture
def browser(tlumaczka, client_as) -> Any:
    return client_as(tlumaczka)


def rows_of(browser: Any, page: Any) -> list[Any]:
    return browser.get(edit_url(page)).context["rows"]


def hidden(shown: Any) -> dict[str, str]:
    """What the form carries along unseen."""
    form = lxml.html.fromstring(shown.content).xpath("//form[@data-segments]")[0]
    return {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}


def send(browser: Any, page: Any, words: dict[str, str], shown: Any = None, **more: str) -> Any:
    """What the form sends: every field as it stands, with `words` (by the original's text, or by path).

    The form is opened, unless an answer that has it is given as `shown`.
    """
    return browser.post(edit_url(page), filled(shown or browser.get(edit_url(page)), words, **more))


def save(browser: Any, page: Any, words: dict[str, str], **more: str) -> Any:
    """What the form sends by itself."""
    data = filled(browser.get(edit_url(page)), words, **more)
    return browser.post(edit_url(page), data, headers={"accept": "application/json"})


def filled(shown: Any, words: dict[str, str], **more: str) -> dict[str, str]:
    data = {**hidden(shown), **more}
    for row in shown.context["rows"]:
        segment = row.unit.segment
        data[f"words:{segment.path}"] = words.get(segment.path, words.get(segment.text, row.value))
    return data


def rewrite(original: Any, old: str, new: str) -> None:
    """The Polish text changes, and is approved."""
    text = fresh(original).get_latest_revision_as_object()
    content = segments.content_of(text)
    content["body"] = json.dumps(json.loads(content["body"]), ensure_ascii=False).replace(old, new)
    changed = text.with_content_json(content)
    changed.save_revision(user=original.owner, log_action=True)
    approved(original)


# --- What is made once for the tests of a class -----------------------------------------------


def _translator() -> Client:
    return log_in(person("tlumaczka", roles.TRANSLATORS))


@pytest.fixture(scope="class")
def sent(tree) -> None:
    """The draft waits for its review, with words for every piece."""
    _original, draft = standard_pair()
    assert send(_translator(), draft, ENGLISH, **SEND).status_code == 302


@pytest.fixture(scope="class")
def published(sent) -> None:
    _original, draft = standard_pair()
    take_step(draft, person("redaktorka", roles.LANGUAGE_EDITORS))
    take_step(draft, person("koordynatorka", roles.COORDINATORS))


@pytest.fixture(scope="class")
def changed(published) -> None:
    """The first paragraph of the original changed since the translation was published."""
    original, _draft = standard_pair()
    rewrite(original, "o sąsiadach", "o sąsiadkach")


@pytest.fixture
def translated(published, draft) -> StandardPage:
    return draft


# --- A draft ----------------------------------------------------------------------------------


def test_every_piece_is_asked_for_and_shown_beside_its_original(draft, browser):
    answer = browser.get(edit_url(draft))
    assert [(row.unit.segment.kind, row.unit.status) for row in answer.context["rows"]] == [
        ("text", "new"), ("markup", "new"), ("markup", "new"), ("slug", "same"),
    ]  # fmt: skip
    assert FIRST in answer.content.decode()


def test_the_files_of_a_page_are_one_link_away(draft, browser):
    answer = browser.get(edit_url(draft))
    assert answer.context["files_url"] in answer.content.decode()
    assert browser.get(answer.context["files_url"]).status_code == 200


def test_half_a_translation_is_kept_as_a_draft_and_neither_submitted_nor_confirmed(draft, browser):
    half = {FIRST: ENGLISH[FIRST]}
    asked = send(browser, draft, half, **SEND)
    assert [row.error != "" for row in asked.context["rows"]] == [True, False, True, False]
    assert asked.context["left"]
    assert not lxml.html.fromstring(asked.content).xpath("//button[@name='checked']")
    send(browser, draft, half, asked, checked="1")
    assert fresh(draft).current_workflow_state is None
    assert [row.answer for row in rows_of(browser, draft)[:3]] == ["", ENGLISH[FIRST], ""]


def test_a_change_takes_no_words_from_a_draft_that_was_never_public(original, draft, browser):
    send(browser, draft, ENGLISH)
    rewrite(original, "o sąsiadach", "o sąsiadkach")
    for visit in range(2):
        shown = browser.get(edit_url(draft))
        row = shown.context["rows"][1]
        assert (row.unit.status, row.value, row.answer) == ("changed", ENGLISH[FIRST], "")
        if not visit:
            send(browser, draft, {}, shown)


@pytest.mark.parametrize("lost", [{"revision": "1"}, {"source_version": "2020-01-01T00:00:00+00:00"}])
def test_words_typed_beside_a_change_are_kept_and_not_saved(draft, browser, lost):
    number = fresh(draft).latest_revision_id
    answer = send(browser, draft, {FIRST: "Typed words"}, **lost)
    assert answer.status_code == 409
    assert "Typed words" in answer.content.decode()
    assert fresh(draft).latest_revision_id == number


def test_what_two_translators_wrote_at_once_is_put_together(draft, browser, koordynatorka, client_as):
    shown = browser.get(edit_url(draft))
    context, form = shown.context, hidden(shown)
    form |= {f"words:{row.unit.segment.path}": row.value for row in context["rows"]}
    title, first = (f"words:{row.unit.segment.path}" for row in context["rows"][:2])
    second = context["rows"][2].unit.segment.text
    send(client_as(koordynatorka), draft, {"title": "Their title", second: ENGLISH[second]})
    answer = browser.post(edit_url(draft), {**form, title: "My title", first: ENGLISH[FIRST]})
    assert answer.status_code == 409
    found = [(row.value, row.theirs) for row in answer.context["rows"][:3]]
    assert found == [("My title", "Their title"), (ENGLISH[FIRST], ""), (ENGLISH[second], "")]
    assert "Their title" in answer.content.decode()


def test_beside_the_button_stands_when_it_goes_live(original, draft, browser, autorka, tlumaczka):
    def said() -> str:
        page = lxml.html.fromstring(browser.get(edit_url(draft)).content)
        return page.xpath("string(//form[@data-segments]//*[@class='segments__when'])")

    assert said() == "Ukaże się zaraz po zatwierdzeniu."
    text = fresh(draft).get_latest_revision_as_object()
    for moment, words in ((in_an_hour(), "Po zatwierdzeniu ukaże się: "), (None, "Ukaże się zaraz")):
        text.go_live_at = moment
        text.save_revision(user=tlumaczka)
        assert said().startswith(words)
    original.lead = "A new version of the original"
    original.save_revision(user=autorka)
    release = together(fresh(original), autorka, in_an_hour())
    with translation.override("pl"):
        assert said() == release_standing.sentence(release)


def test_open_comments_stand_under_the_pieces(draft, browser, redaktorka):
    Comment.objects.create(page=draft, user=redaktorka, text="Is this the agreed word?", contentpath="title")
    page = browser.get(edit_url(draft)).content.decode()
    assert "Is this the agreed word?" in page
    assert f"{edit_url(draft)}?whole=1" in page


class TestSentForReview:
    def test_is_frozen_until_its_translator_takes_it_back(self, sent, draft, browser, redaktorka, client_as):
        number = fresh(draft).latest_revision_id
        page = browser.get(edit_url(draft))
        assert page.context["lock_message"]
        assert send(browser, draft, {FIRST: "Smuggled"}, page).status_code == 409
        assert fresh(draft).latest_revision_id == number

        taking_back = {SENT: "1", "action-cancel-workflow": "1"}
        take_step(draft, redaktorka)
        reviewer = client_as(redaktorka)
        assert 'name="action-cancel-workflow"' not in reviewer.get(edit_url(draft)).content.decode()
        reviewer.post(edit_url(draft), taking_back)
        assert fresh(draft).workflow_in_progress, "neither who sent it nor whose step it is"

        assert 'name="action-cancel-workflow"' in page.content.decode()
        browser.post(edit_url(draft), taking_back)
        assert not fresh(draft).workflow_in_progress
        assert send(browser, draft, {FIRST: "Corrected"}).status_code == 302
        take_nothing_back = browser.post(edit_url(draft), taking_back)
        assert take_nothing_back.status_code == 302, "a second click changes nothing"
        assert fresh(draft).get_latest_revision_as_object().title == ENGLISH["title"]

        submit(draft, draft.owner)
        take_step(draft, redaktorka, "reject", comment="Popraw datę")
        browser.post(edit_url(draft), taking_back)
        assert returns.of(fresh(draft)), "returned meanwhile, it keeps its remarks"

    def test_its_reviewer_corrects_a_piece_empties_none_and_passes_it_on(
        self, sent, draft, redaktorka, koordynatorka, client_as
    ):
        number, reviewer = fresh(draft).latest_revision_id, client_as(redaktorka)
        asked = send(reviewer, draft, {FIRST: ""})
        assert asked.context["rows"][1].error
        assert fresh(draft).latest_revision_id == number
        assert send(reviewer, draft, {FIRST: "Corrected words"}, asked).status_code == 302
        take_step(draft, redaktorka)
        take_step(draft, koordynatorka)
        assert "Corrected words" in what_visitors_see(fresh(draft))[1]

    def test_is_written_over_by_nobody(self, sent, draft, browser, koordynatorka, client_as):
        before = fresh(draft).latest_revision_id
        for client in (browser, client_as(koordynatorka)):
            assert save(client, draft, {FIRST: "Smuggled"}).status_code >= 400
        assert fresh(draft).latest_revision_id == before

    def test_returned_it_has_the_reason_and_comments_on_top(self, sent, draft, browser, redaktorka):
        comment = Comment.objects.create(page=draft.page_ptr, user=redaktorka, text="Which yard?", contentpath="title")
        take_step(draft, redaktorka, "reject", comment="Look at the title.")
        opened = browser.get(edit_url(draft))
        shown = lxml.html.fromstring(opened.content)
        (returned,) = shown.find_class("returned")
        assert "Look at the title." in returned.text_content()
        assert "Which yard?" in returned.text_content()
        (form,) = shown.xpath("//form[@data-segments]")
        everything = list(shown.iter())
        assert everything.index(returned) < everything.index(form)
        (link,) = returned.xpath(f".//a[contains(@href, 'comment={comment.pk}')]")
        assert "data-segments" not in browser.get(link.get("href")).content.decode()
        assert send(browser, draft, {"title": "Write to us"}, opened, **SEND).status_code == 302
        assert not browser.get(edit_url(draft)).context.get("returned")


def test_sending_says_who_gets_it_and_takes_a_note(draft, browser, redaktorka, client_as):
    opened = browser.get(edit_url(draft))
    assert redaktorka.name in opened.content.decode()
    answer = send(browser, draft, ENGLISH, opened, submission_note="Names as in the press.", **SEND)
    assert answer.url == "/admin/"
    step = fresh(draft).current_workflow_task_state
    assert "Names as in the press." in client_as(redaktorka).get(decision_address(step)).content.decode()


class TestPublic:
    def test_its_words_and_links_go_live_after_approval_by_others(self, translated):
        status, words = what_visitors_see(translated)
        assert status == 200
        assert "The first paragraph is about neighbours" in words
        assert "<b>trees</b>" in words
        assert translated.url.endswith("/en/contact-us/")
        assert freshness.pair_of(translated).state == State.CURRENT
        home = factories.home("en").pk
        assert f'id=\\"{home}\\"' in segments.content_of(translated)["body"], "the translation of the page linked to"

    def test_a_short_change_is_not_answered_by_saving_a_draft(self, original, translated, browser):
        text = fresh(original).get_latest_revision_as_object()
        text.title = "Nowy adres"
        text.save_revision(user=original.owner, log_action=True)
        approved(original)
        for visit in range(2):
            shown = browser.get(edit_url(translated))
            row = shown.context["rows"][0]
            assert (row.unit.status, row.value, row.answer) == ("changed", ENGLISH["title"], "")
            if not visit:
                send(browser, translated, {}, shown)

    def test_what_went_from_the_original_is_told(self, original, translated, browser):
        rewrite(original, f"<p>{FIRST}</p>", "")
        answer = browser.get(edit_url(translated))
        assert answer.context["news"]["removed"] == [FIRST]
        assert FIRST in answer.content.decode()
        assert send(browser, translated, {}, answer, **SEND).status_code == 302

    def test_a_new_paragraph_in_the_middle_moves_nothing(
        self, original, translated, browser, redaktorka, koordynatorka
    ):
        rewrite(original, f"<p>{FIRST}</p>", f"<p>{FIRST}</p><p>Nowy akapit w środku.</p>")
        shown = browser.get(edit_url(translated))
        assert [row.unit.status for row in shown.context["rows"]] == ["same", "same", "new", "same", "same"]
        send(browser, translated, {"Nowy akapit w środku.": "A new paragraph in the middle."}, shown, **SEND)
        take_step(translated, redaktorka)
        take_step(translated, koordynatorka)
        words = what_visitors_see(fresh(translated))[1]
        assert words.index("The first paragraph") < words.index("A new paragraph") < words.index("The second paragraph")

    def test_nothing_reaches_visitors_before_approval(self, translated, browser):
        before = what_visitors_see(translated)[1]
        send(browser, translated, {FIRST: "Smuggled"})
        assert "Smuggled" in str(fresh(translated).get_latest_revision().content)
        assert what_visitors_see(translated)[1] == before

    def test_with_blocks_of_its_own_it_opens_as_a_whole_and_words_for_it_meet_no_empty_form(
        self, translated, browser, tlumaczka
    ):
        shown = hidden(browser.get(edit_url(translated)))
        text = translated.get_latest_revision_as_object()
        text.body.append(("text", "<p>Only in English.</p>"))
        text.save_revision(user=tlumaczka)
        answer = browser.post(edit_url(translated), {**shown, "words:title": "Write to us"})
        assert answer.status_code == 302
        assert "Only in English." in source(browser.get(answer["Location"]))
        answer = browser.get(edit_url(translated))
        assert "rows" not in (answer.context or {})
        assert "id_title" in answer.content.decode()


class TestOneChangedParagraph:
    def test_asks_for_one_paragraph(self, changed, translated, browser):
        answer = browser.get(edit_url(translated))
        rows = answer.context["rows"]
        assert [row.unit.status for row in rows] == ["same", "changed", "same", "same"]
        assert [part.text for part in rows[1].unit.difference if part.kind == "added"] == ["sąsiadkach"]
        assert rows[1].value == ENGLISH[FIRST]
        assert "<ins>sąsiadkach</ins>" in answer.content.decode()

    def test_is_changed_by_more_than_a_full_stop_or_said_to_fit(
        self, changed, translated, browser, redaktorka, koordynatorka
    ):
        asked = send(browser, translated, {}, **SEND)
        row = asked.context["rows"][1]
        assert row.error
        path = row.unit.segment.path
        asked = send(browser, translated, {path: f"{ENGLISH[FIRST]}."}, asked, **SEND)
        assert asked.context["rows"][1].error
        assert not fresh(translated).workflow_in_progress
        assert send(browser, translated, {}, asked, **SEND, **{f"fits:{path}": "on"}).status_code == 302
        take_step(translated, redaktorka)
        take_step(translated, koordynatorka)
        assert freshness.pair_of(translated).state == State.CURRENT
        assert "The first paragraph is about neighbours" in what_visitors_see(fresh(translated))[1]

    def test_is_confirmed_with_all_others_by_one_click(
        self, changed, original, translated, browser, redaktorka, koordynatorka
    ):
        rewrite(original, "o <b>drzewach", "o <b>krzewach")
        asked = send(browser, translated, {}, **SEND)
        assert [row.unit.status for row in asked.context["left"]] == ["changed", "changed"]
        shown = lxml.html.fromstring(asked.content)
        for row in asked.context["left"]:
            (link,) = shown.xpath(f"//a[@href='#words-{row.number}']")[:1]
            assert shown.get_element_by_id(link.get("href")[1:]) is not None
        assert shown.xpath("//button[@name='checked']")
        assert send(browser, translated, {}, asked, checked="1").status_code == 302
        take_step(translated, redaktorka)
        take_step(translated, koordynatorka)
        assert freshness.pair_of(translated).state == State.CURRENT

    def test_is_not_confirmed_by_who_did_not_see_it(self, changed, original, translated, browser):
        seen = hidden(browser.get(edit_url(translated)))["source_version"]
        rewrite(original, "o sąsiadkach", "o sąsiadach i psach")
        assert send(browser, translated, {}, checked="1", source_version=seen).status_code == 409
        assert not fresh(translated).workflow_in_progress

    def test_is_neither_sent_nor_confirmed_by_what_is_saved_by_itself(self, changed, translated, browser):
        save(browser, translated, {}, **SEND)
        assert not fresh(translated).workflow_in_progress
        assert rows_of(browser, translated)[1].answer == ""

    def test_is_corrected_by_a_reviewer_beside_the_words_that_the_text_was_made_of(
        self, changed, original, translated, browser, redaktorka, koordynatorka, client_as
    ):
        """Not beside a later change, which nobody has translated: its words would go live with the correction."""
        first = {FIRST.replace("o sąsiadach", "o sąsiadkach"): "The first paragraph is about women of the yard."}
        send(browser, translated, first, **SEND)
        rewrite(original, "Drugi akapit", "Ostatni akapit")
        reviewer = client_as(redaktorka)
        shown = reviewer.get(edit_url(translated))
        assert [row.unit.status for row in shown.context["rows"]] == ["same"] * 4
        assert send(reviewer, translated, {"title": "Contact us, please"}, shown).status_code == 302
        take_step(translated, redaktorka)
        take_step(translated, koordynatorka)
        words = what_visitors_see(fresh(translated))[1]
        assert "Contact us, please" in words
        assert "about women of the yard" in words
        assert "The second paragraph" in words
        assert freshness.pair_of(translated).state == State.OUTDATED


class TestATitleAsShortAsAName:
    @pytest.fixture(scope="class")
    @classmethod
    def begun(cls, tree) -> int:
        return into_english(make_standard_original("Nasz adres", "adres")).pk

    @pytest.fixture
    def short(self, begun) -> StandardPage:
        return StandardPage.objects.get(pk=begun)

    def test_is_asked_about_once_and_no_more_when_approved(self, short, browser, redaktorka, koordynatorka):
        opened = browser.get(edit_url(short))
        assert opened.context["rows"][0].is_unsure, "not hidden among the ready"
        assert opened.context["counter"] == Counter(parts=3, ready=0, waiting=2, unsure=1)
        words = {key: said for key, said in ENGLISH.items() if key != "title"}
        asked = send(browser, short, words, opened, **SEND)
        assert asked.context["asks_about_same"]
        assert fresh(short).current_workflow_state is None
        assert send(browser, short, words, asked, **SEND, same_on_purpose="on").status_code == 302
        take_step(short, redaktorka)
        take_step(short, koordynatorka)
        assert browser.get(edit_url(short)).context["counter"].unsure == 0

    def test_is_ticked_beside_it(self, short, browser):
        words = {key: said for key, said in ENGLISH.items() if key != "title"}
        asked = send(browser, short, words, **SEND, **{"same:other": "on"})
        assert asked.context["asks_about_same"]
        assert send(browser, short, words, asked, **SEND, **{"same:title": "on"}).status_code == 302


# --- What may stand in a piece ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "is_fine"),
    [
        ('A <a id="a1">house</a> & <b>trees</b>', True),
        ('A <a id="a1">house</a> &amp; <b>trees</b>', True),
        ("A house", False),
        ('<a id="a1">One</a> <a id="a1">two</a> <b>trees</b>', False),
        ('A <a id="a2">house</a> <b>trees</b>', False),
        ('A <a id="a1" href="https://elsewhere.example">house</a> <b>trees</b>', False),
        ('A <a id="a1">house <b>trees</b>', False),
        ("A <script>alert(1)</script>", False),
        ('A <a id="a1">house</a> <b>trees', False),
        ("<p>A</p>", False),
        ('A house <a id="a1"></a> <b>trees</b>', False),
        ('A house <a id="a1"> </a> <b>trees</b>', False),
        ('A <a id="a1">house</a> trees<b></b>', False),
        ('A <a id="a1">house</a> trees<b/>', False),
        ('<b>A <a id="a1">house</a></b>', True),
    ],
)
def test_tags_that_do_not_fit_are_named(said, is_fine):
    unit = segments.Segment("body#0", "body", "markup", "", 'Dom <a id="a1">obok</a> <b>drzew</b>')
    assert (checks.problem_of(StandardPage(), unit, said) == "") == is_fine


def test_an_address_typed_as_words_keeps_its_letters() -> None:
    segment = segments.Segment("slug", "slug", "slug", "Slug", "zrodla")
    row = SegmentRow(1, TranslationUnit(segment, "new", ""), {"words:slug": "Źródła i ławki"})
    row.check(None)
    assert (row.value, row.error) == ("zrodla-i-lawki", "")


class TestSavingByItself:
    def test_keeps_words_and_writes_on_in_its_own_version(self, draft, browser):
        first = save(browser, draft, {FIRST: "The first"}).json()
        again = save(browser, draft, {FIRST: "The first paragraph"}, overwrite=str(first["revision"])).json()
        assert again["revision"] == first["revision"] == fresh(draft).latest_revision_id
        assert "The first paragraph" in segments.content_of(fresh(draft).get_latest_revision_as_object())["body"]

    def test_says_how_far_it_is_now(self, draft, browser):
        shown = browser.get(edit_url(draft))
        title, first = shown.context["rows"][:2]
        said = save(browser, draft, {"title": "Neighbours", FIRST: "The first"}).json()
        assert fresh(draft).get_latest_revision_as_object().slug == "neighbours", "its address comes from its title"
        again = browser.get(edit_url(draft))
        counter = again.context["counter"]
        assert (said["ready"], counter.ready, shown.context["counter"].ready) == (2, 2, 0)
        assert f"{counter.ready} z\N{NO-BREAK SPACE}{counter.parts}" in said["standing"]
        row = said["rows"][str(first.number)]
        assert (row["mark"], row["is_ready"], row["is_unsure"]) == ("", True, False)
        assert "nieprzetłumaczone" in said["rows"][str(first.number + 1)]["mark"]
        assert [row["address"] for row in said["rows"].values() if "address" in row] == ["neighbours"]
        same = save(browser, draft, {"title": title.unit.segment.text}).json()
        assert same["rows"][str(title.number)]["is_unsure"]
        assert "takie samo" in same["rows"][str(title.number)]["mark"]
        assert "nieprzetłumaczone" in save(browser, draft, {FIRST: ""}).json()["rows"][str(first.number)]["mark"]

    def test_writes_over_nobody_elses_version(self, draft, browser, koordynatorka, client_as):
        first = save(browser, draft, {FIRST: "The first"}).json()["revision"]
        other = save(client_as(koordynatorka), draft, {FIRST: "Another"}, overwrite=str(first)).json()["revision"]
        assert other != first

    def test_says_what_cannot_be_kept_and_what_others_did(self, draft, browser):
        assert "problem" in save(browser, draft, {FIRST: "A <b>tag"}).json()
        assert save(browser, draft, {FIRST: "Words"}, revision="1").status_code == 409

    def test_is_nothing_for_who_may_not_edit(self, draft, client_as, autor2, client):
        before = fresh(draft).latest_revision_id
        for attacker in (client_as(autor2), client):
            answer = attacker.post(
                edit_url(draft), {"pieces-of-a-translation": "1"}, headers={"accept": "application/json"}
            )
            assert answer.status_code in (302, 401, 403)
            assert attacker.get(edit_url(draft)).status_code in (302, 403)
        assert fresh(draft).latest_revision_id == before
