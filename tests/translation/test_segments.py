"""The editor of long-lived pages: a change in the original asks for that piece alone."""

import json
from typing import Any

import lxml.html
import pytest
from django.utils import translation
from wagtail.models import Comment

from approval import release_standing, returns
from approval.views.subjects import decision_address
from home.models import StandardPage
from tests import factories
from tests.approval.release_scene import together
from tests.reading import source
from tests.translation.fixtures import FIRST
from tests.workflow import edit_url, fresh, in_an_hour, publish_properly, submit, take_step, what_visitors_see
from translation import checks, drafts, freshness, segments
from translation.freshness import State
from translation.segmented import TranslationUnit
from translation.views.segment_rows import SegmentRow
from translation.views.segment_state import Counter
from translation.views.segments import SENT

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


def send(browser: Any, page: Any, words: dict[str, str], **more: str) -> Any:
    """What the form sends: every field as it stands, with `words` (by the original's text, or by path)."""
    shown = browser.get(edit_url(page))
    data = {**hidden(shown), **more}
    for row in shown.context["rows"]:
        segment = row.unit.segment
        data[f"words:{segment.path}"] = words.get(segment.path, words.get(segment.text, row.value))
    return browser.post(edit_url(page), data)


@pytest.fixture
def translated(draft, browser, redaktorka, koordynatorka) -> StandardPage:
    assert send(browser, draft, ENGLISH, **SEND).status_code == 302
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    return fresh(draft)


def rewrite(original: Any, autorka, redaktorka, koordynatorka, old: str, new: str) -> Any:
    """The Polish text changes, and is approved."""
    text = fresh(original).get_latest_revision_as_object()
    content = segments.content_of(text)
    content["body"] = json.dumps(json.loads(content["body"]), ensure_ascii=False).replace(old, new)
    changed = text.with_content_json(content)
    changed.save_revision(user=autorka, log_action=True)
    return publish_properly(fresh(original), autorka, redaktorka, koordynatorka)


def test_every_piece_is_asked_for_and_shown_beside_its_original(draft, browser):
    rows = rows_of(browser, draft)
    assert [(row.unit.segment.kind, row.unit.status) for row in rows] == [
        ("text", "new"), ("markup", "new"), ("markup", "new"), ("slug", "same"),
    ]  # fmt: skip
    assert FIRST in browser.get(edit_url(draft)).content.decode()


def test_translated_pieces_go_live_after_approval_by_others(original, translated):
    status, words = what_visitors_see(translated)
    assert status == 200
    assert "The first paragraph is about neighbours" in words
    assert "<b>trees</b>" in words
    assert fresh(translated).url.endswith("/en/contact-us/")
    assert freshness.pair_of(translated).state == State.CURRENT


def test_a_link_leads_to_the_translation_of_its_page(translated):
    assert f'id=\\"{factories.home("en").pk}\\"' in segments.content_of(fresh(translated))["body"]


@pytest.fixture
def short(original, tlumaczka, english, autorka, redaktorka, koordynatorka) -> StandardPage:
    """The draft of a page whose title is as short as a name."""
    text = original.get_latest_revision_as_object()
    text.title = "Nasz adres"
    text.save_revision(user=autorka, log_action=True)
    return drafts.begin(publish_properly(fresh(original), autorka, redaktorka, koordynatorka), english, tlumaczka)


def test_a_short_heading_that_nobody_translated_is_not_hidden_among_the_ready(short, browser):
    context = browser.get(edit_url(short)).context
    assert context["rows"][0].is_unsure
    assert context["counter"] == Counter(parts=3, ready=0, waiting=2, unsure=1)


def test_a_name_is_asked_about_once_and_no_more_when_approved(short, browser, redaktorka, koordynatorka):
    words = {key: said for key, said in ENGLISH.items() if key != "title"}
    assert send(browser, short, words, **SEND).context["asks_about_same"]
    assert fresh(short).current_workflow_state is None
    assert send(browser, short, words, **SEND, same_on_purpose="on").status_code == 302
    take_step(short, redaktorka)
    take_step(short, koordynatorka)
    assert browser.get(edit_url(short)).context["counter"].unsure == 0


def test_one_name_is_ticked_beside_it(short, browser):
    words = {key: said for key, said in ENGLISH.items() if key != "title"}
    assert send(browser, short, words, **SEND, **{"same:other": "on"}).context["asks_about_same"]
    assert send(browser, short, words, **SEND, **{"same:title": "on"}).status_code == 302


def test_a_full_stop_takes_up_no_change(original, translated, browser, autorka, redaktorka, koordynatorka):
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    path = rows_of(browser, translated)[1].unit.segment.path
    assert send(browser, translated, {path: f"{ENGLISH[FIRST]}."}, **SEND).context["rows"][1].error
    assert not fresh(translated).workflow_in_progress


def test_a_new_translation_gets_its_address_from_its_title(draft, browser):
    send(browser, draft, {"title": "Write to us here"})
    assert fresh(draft).get_latest_revision_as_object().slug == "write-to-us-here"


def test_the_files_of_a_page_are_one_link_away(draft, browser):
    answer = browser.get(edit_url(draft))
    assert answer.context["files_url"] in answer.content.decode()
    assert browser.get(answer.context["files_url"]).status_code == 200


def test_half_a_translation_is_kept_as_a_draft_and_not_submitted(draft, browser):
    half = {FIRST: ENGLISH[FIRST]}
    answer = send(browser, draft, half, **SEND)
    assert [row.error != "" for row in answer.context["rows"]] == [True, False, True, False]
    assert fresh(draft).current_workflow_state is None
    again = rows_of(browser, draft)
    assert [row.answer for row in again[:3]] == ["", ENGLISH[FIRST], ""]


def test_one_changed_paragraph_asks_for_one_paragraph(
    original, translated, browser, autorka, redaktorka, koordynatorka
):
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    rows = rows_of(browser, translated)
    assert [row.unit.status for row in rows] == ["same", "changed", "same", "same"]
    assert [part.text for part in rows[1].unit.difference if part.kind == "added"] == ["sąsiadkach"]
    assert rows[1].value == ENGLISH[FIRST]
    page = browser.get(edit_url(translated)).content.decode()
    assert "<ins>sąsiadkach</ins>" in page


def test_a_changed_piece_is_changed_or_said_to_fit(original, translated, browser, autorka, redaktorka, koordynatorka):
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    assert send(browser, translated, {}, **SEND).context["rows"][1].error
    path = rows_of(browser, translated)[1].unit.segment.path
    assert send(browser, translated, {}, **SEND, **{f"fits:{path}": "on"}).status_code == 302
    take_step(translated, redaktorka)
    take_step(translated, koordynatorka)
    assert freshness.pair_of(translated).state == State.CURRENT
    assert "The first paragraph is about neighbours" in what_visitors_see(fresh(translated))[1]


def test_all_changed_pieces_are_confirmed_with_one_click(
    original, translated, browser, autorka, redaktorka, koordynatorka
):
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    rewrite(original, autorka, redaktorka, koordynatorka, "o <b>drzewach", "o <b>krzewach")
    asked = send(browser, translated, {}, **SEND)
    assert [row.unit.status for row in asked.context["left"]] == ["changed", "changed"]
    shown = lxml.html.fromstring(asked.content)
    for row in asked.context["left"]:
        assert shown.get_element_by_id(shown.xpath(f"//a[@href='#words-{row.number}']")[0].get("href")[1:]) is not None
    assert shown.xpath("//button[@name='checked']")
    assert send(browser, translated, {}, checked="1").status_code == 302
    take_step(translated, redaktorka)
    take_step(translated, koordynatorka)
    assert freshness.pair_of(translated).state == State.CURRENT


def test_what_nobody_translated_is_not_confirmed_with_a_click(draft, browser):
    asked = send(browser, draft, {FIRST: ENGLISH[FIRST]}, **SEND)
    assert asked.context["left"]
    assert not lxml.html.fromstring(asked.content).xpath("//button[@name='checked']")
    send(browser, draft, {FIRST: ENGLISH[FIRST]}, checked="1")
    assert fresh(draft).current_workflow_state is None


def test_a_confirmation_of_what_the_form_did_not_show_counts_for_nothing(
    original, translated, browser, autorka, redaktorka, koordynatorka
):
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    seen = hidden(browser.get(edit_url(translated)))["source_version"]
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadkach", "o sąsiadach i psach")
    assert send(browser, translated, {}, checked="1", source_version=seen).status_code == 409
    assert not fresh(translated).workflow_in_progress


def test_a_short_change_is_not_answered_by_saving_a_draft(
    original, translated, browser, autorka, redaktorka, koordynatorka
):
    text = fresh(original).get_latest_revision_as_object()
    text.title = "Nowy adres"
    text.save_revision(user=autorka, log_action=True)
    publish_properly(fresh(original), autorka, redaktorka, koordynatorka)
    for _visit in range(2):
        row = rows_of(browser, translated)[0]
        assert (row.unit.status, row.value, row.answer) == ("changed", ENGLISH["title"], "")
        send(browser, translated, {})


def test_a_change_takes_no_words_from_a_draft_that_was_never_public(
    original, draft, browser, autorka, redaktorka, koordynatorka
):
    send(browser, draft, ENGLISH)
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    for _visit in range(2):
        row = rows_of(browser, draft)[1]
        assert (row.unit.status, row.value, row.answer) == ("changed", ENGLISH[FIRST], "")
        send(browser, draft, {})


def test_what_went_from_the_original_is_told(original, translated, browser, autorka, redaktorka, koordynatorka):
    rewrite(original, autorka, redaktorka, koordynatorka, f"<p>{FIRST}</p>", "")
    answer = browser.get(edit_url(translated))
    assert answer.context["news"]["removed"] == [FIRST]
    assert FIRST in answer.content.decode()
    assert send(browser, translated, {}, **SEND).status_code == 302


def test_a_new_paragraph_in_the_middle_moves_nothing(original, translated, browser, autorka, redaktorka, koordynatorka):
    rewrite(
        original, autorka, redaktorka, koordynatorka, f"<p>{FIRST}</p>", f"<p>{FIRST}</p><p>Nowy akapit w środku.</p>"
    )
    rows = rows_of(browser, translated)
    assert [row.unit.status for row in rows] == ["same", "same", "new", "same", "same"]
    send(browser, translated, {"Nowy akapit w środku.": "A new paragraph in the middle."}, **SEND)
    take_step(translated, redaktorka)
    take_step(translated, koordynatorka)
    words = what_visitors_see(fresh(translated))[1]
    assert words.index("The first paragraph") < words.index("A new paragraph") < words.index("The second paragraph")


def test_nothing_reaches_visitors_before_approval(original, translated, browser, autorka, redaktorka, koordynatorka):
    before = what_visitors_see(translated)[1]
    send(browser, translated, {FIRST: "Smuggled"})
    assert "Smuggled" in str(fresh(translated).get_latest_revision().content)
    assert what_visitors_see(translated)[1] == before


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


def test_a_text_in_review_is_frozen_until_its_translator_takes_it_back(draft, browser, redaktorka, client_as):
    send(browser, draft, ENGLISH, **SEND)
    number = fresh(draft).latest_revision_id
    page = browser.get(edit_url(draft))
    assert page.context["lock_message"]
    assert send(browser, draft, {FIRST: "Smuggled"}).status_code == 409
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


def test_the_reviewer_corrects_a_piece_and_passes_it_on(draft, browser, redaktorka, koordynatorka, client_as):
    send(browser, draft, ENGLISH, **SEND)
    answer = send(client_as(redaktorka), draft, {FIRST: "Corrected words"})
    assert answer.status_code == 302
    take_step(draft, redaktorka)
    take_step(draft, koordynatorka)
    assert "Corrected words" in what_visitors_see(fresh(draft))[1]


def test_a_reviewer_corrects_beside_the_words_that_the_text_was_made_of(
    original, translated, browser, autorka, redaktorka, koordynatorka, client_as
):
    """Not beside a change of the original that nobody has translated: its words would go live with the correction."""
    rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
    first = {FIRST.replace("o sąsiadach", "o sąsiadkach"): "The first paragraph is about women of the yard."}
    send(browser, translated, first, **SEND)
    rewrite(original, autorka, redaktorka, koordynatorka, "Drugi akapit", "Ostatni akapit")
    reviewer = client_as(redaktorka)
    assert [row.unit.status for row in rows_of(reviewer, translated)] == ["same"] * 4
    assert send(reviewer, translated, {"title": "Contact us, please"}).status_code == 302
    take_step(translated, redaktorka)
    take_step(translated, koordynatorka)
    words = what_visitors_see(fresh(translated))[1]
    assert "Contact us, please" in words
    assert "about women of the yard" in words
    assert "The second paragraph" in words
    assert freshness.pair_of(translated).state == State.OUTDATED


def test_nobody_empties_a_piece_of_a_text_in_review(draft, browser, redaktorka, client_as):
    send(browser, draft, ENGLISH, **SEND)
    number = fresh(draft).latest_revision_id
    assert send(client_as(redaktorka), draft, {FIRST: ""}).context["rows"][1].error
    assert fresh(draft).latest_revision_id == number


def test_what_was_said_about_a_returned_text_stands_over_its_pieces(draft, browser, redaktorka):
    send(browser, draft, ENGLISH, **SEND)
    take_step(draft, redaktorka, "reject", comment="Is this the agreed word?")
    page = browser.get(edit_url(draft)).content.decode()
    assert page.index("Is this the agreed word?") < page.index('name="words:title"')


def test_open_comments_stand_under_the_pieces(draft, browser, redaktorka):
    Comment.objects.create(page=draft, user=redaktorka, text="Is this the agreed word?", contentpath="title")
    page = browser.get(edit_url(draft)).content.decode()
    assert "Is this the agreed word?" in page
    assert f"{edit_url(draft)}?whole=1" in page


def test_an_author_without_permission_has_no_pieces(draft, autorka, client_as):
    assert client_as(autorka).get(edit_url(draft)).status_code in (302, 403)


def test_a_page_with_blocks_of_its_own_opens_as_a_whole(translated, browser, tlumaczka):
    text = translated.get_latest_revision_as_object()
    text.body.append(("text", "<p>Only in English.</p>"))
    text.save_revision(user=tlumaczka)
    answer = browser.get(edit_url(translated))
    assert "rows" not in (answer.context or {})
    assert "id_title" in answer.content.decode()


def test_words_for_a_page_that_got_blocks_of_its_own_meet_no_empty_form(translated, browser, tlumaczka):
    shown = hidden(browser.get(edit_url(translated)))
    text = fresh(translated)
    text.body = [*text.body.raw_data, {"type": "text", "value": "<p>One more.</p>"}]
    text.save_revision(user=tlumaczka)
    answer = browser.post(edit_url(translated), {**shown, "words:title": "Write to us"})
    assert answer.status_code == 302
    assert "One more." in source(browser.get(answer["Location"]))


def test_the_ordinary_editor_is_one_link_away(translated, browser):
    assert "id_title" in browser.get(f"{edit_url(translated)}?whole=1").content.decode()


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


class TestSending:
    """One main button: it says who gets the text and takes a note; saving goes by itself."""

    def test_says_who_gets_it_and_takes_a_note(self, draft, browser, redaktorka, client_as):
        shown = browser.get(edit_url(draft)).content.decode()
        assert redaktorka.name in shown
        answer = send(browser, draft, ENGLISH, submission_note="Names as in the press.", **SEND)
        assert answer.url == "/admin/"
        step = fresh(draft).current_workflow_task_state
        assert "Names as in the press." in client_as(redaktorka).get(decision_address(step)).content.decode()

    def test_a_return_stands_on_top_with_its_reason_and_comments(self, draft, browser, redaktorka):
        send(browser, draft, ENGLISH, **SEND)
        comment = Comment.objects.create(page=draft.page_ptr, user=redaktorka, text="Which yard?", contentpath="title")
        take_step(draft, redaktorka, "reject", comment="Look at the title.")
        shown = lxml.html.fromstring(browser.get(edit_url(draft)).content)
        (returned,) = shown.find_class("returned")
        assert "Look at the title." in returned.text_content()
        assert "Which yard?" in returned.text_content()
        (form,) = shown.xpath("//form[@data-segments]")
        everything = list(shown.iter())
        assert everything.index(returned) < everything.index(form)
        (link,) = returned.xpath(f".//a[contains(@href, 'comment={comment.pk}')]")
        assert "data-segments" not in browser.get(link.get("href")).content.decode()
        assert send(browser, draft, {"title": "Write to us"}, **SEND).status_code == 302
        assert (
            "returned" not in browser.get(edit_url(draft)).context
            or not browser.get(edit_url(draft)).context["returned"]
        )


class TestSavingByItself:
    def save(self, browser: Any, page: Any, words: dict[str, str], **more: str) -> Any:
        shown = browser.get(edit_url(page))
        data = {**hidden(shown), **more}
        for row in shown.context["rows"]:
            segment = row.unit.segment
            data[f"words:{segment.path}"] = words.get(segment.text, row.value)
        return browser.post(edit_url(page), data, headers={"accept": "application/json"})

    def test_keeps_words_and_writes_on_in_its_own_version(self, draft, browser):
        first = self.save(browser, draft, {FIRST: "The first"}).json()
        again = self.save(browser, draft, {FIRST: "The first paragraph"}, overwrite=str(first["revision"])).json()
        assert again["revision"] == first["revision"] == fresh(draft).latest_revision_id
        assert "The first paragraph" in segments.content_of(fresh(draft).get_latest_revision_as_object())["body"]

    def test_says_how_far_it_is_now(self, original, draft, browser):
        shown = browser.get(edit_url(draft))
        title, first = shown.context["rows"][:2]
        said = self.save(browser, draft, {title.unit.segment.text: "Neighbours", FIRST: "The first"}).json()
        again = browser.get(edit_url(draft))
        counter = again.context["counter"]
        assert (said["ready"], counter.ready, shown.context["counter"].ready) == (2, 2, 0)
        assert f"{counter.ready} z\N{NO-BREAK SPACE}{counter.parts}" in said["standing"]
        row = said["rows"][str(first.number)]
        assert (row["mark"], row["is_ready"], row["is_unsure"]) == ("", True, False)
        assert "nieprzetłumaczone" in said["rows"][str(first.number + 1)]["mark"]
        assert [row["address"] for row in said["rows"].values() if "address" in row] == ["neighbours"]
        same = self.save(browser, draft, {title.unit.segment.text: title.unit.segment.text}).json()
        assert same["rows"][str(title.number)]["is_unsure"]
        assert "takie samo" in same["rows"][str(title.number)]["mark"]
        assert "nieprzetłumaczone" in self.save(browser, draft, {FIRST: ""}).json()["rows"][str(first.number)]["mark"]

    def test_writes_over_nobody_elses_version(self, draft, browser, koordynatorka, client_as):
        first = self.save(browser, draft, {FIRST: "The first"}).json()["revision"]
        other = self.save(client_as(koordynatorka), draft, {FIRST: "Another"}, overwrite=str(first)).json()["revision"]
        assert other != first

    def test_sends_nothing_and_confirms_nothing(
        self, original, translated, browser, autorka, redaktorka, koordynatorka
    ):
        rewrite(original, autorka, redaktorka, koordynatorka, "o sąsiadach", "o sąsiadkach")
        self.save(browser, translated, {}, **SEND)
        assert not fresh(translated).workflow_in_progress
        assert rows_of(browser, translated)[1].answer == ""

    def test_leaves_a_text_in_review_alone(self, draft, browser, koordynatorka, client_as):
        send(browser, draft, ENGLISH, **SEND)
        before = fresh(draft).latest_revision_id
        for client in (browser, client_as(koordynatorka)):
            assert self.save(client, draft, {FIRST: "Smuggled"}).status_code >= 400
        assert fresh(draft).latest_revision_id == before

    def test_says_what_cannot_be_kept_and_what_others_did(self, draft, browser):
        assert "problem" in self.save(browser, draft, {FIRST: "A <b>tag"}).json()
        assert self.save(browser, draft, {FIRST: "Words"}, revision="1").status_code == 409

    def test_is_nothing_for_who_may_not_edit(self, draft, client_as, autor2, client):
        before = fresh(draft).latest_revision_id
        for attacker in (client_as(autor2), client):
            answer = attacker.post(
                edit_url(draft), {"pieces-of-a-translation": "1"}, headers={"accept": "application/json"}
            )
            assert answer.status_code in (302, 401, 403)
        assert fresh(draft).latest_revision_id == before
