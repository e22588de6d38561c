"""A typo is not a circuit: a few words of a public text, by one other person, and nothing else that way."""

import re
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import Locale, TaskState
from wagtail.users.models import UserProfile

from approval import archive, corrections, emergency, releases, submissions, verification
from approval.diff import word_changes
from approval.models import Act, FourEyesTask, LedgerEntry, Release
from approval.views.subjects import address, decision_address
from events.models import EventPage, Venue
from news.models import NewsPage
from tests.approval.attacks import state_of as step
from tests.approval.scene import published
from tests.records import last
from tests.workflow import (
    QUOTE,
    draft_of,
    edit_url,
    form_of,
    fresh,
    publish_properly,
    what_visitors_see,
)

LEAD = "Spotkanie odbedzie się w Krakowie, 6 stycznia o 17:00, wejście od podwórza przy ulicy Dietla."
MENDED = LEAD.replace("odbedzie", "odbędzie")


def body_of(blocks: list[dict[str, Any]]) -> Any:
    return NewsPage._meta.get_field("body").stream_block.to_python(blocks)


@pytest.fixture(scope="module")
def page_of_all(module_tree) -> Any:
    return published("Long", lead=LEAD, body=body_of([{**QUOTE, "id": "a"}]))


@pytest.fixture
def page(page_of_all, db) -> Any:
    return fresh(page_of_all)


def send(browser: Client, page: Any, *, follow: bool = False, **changes: Any) -> Any:
    data = form_of(page, **{"small_correction": "on", "action-submit": "1", **changes})
    return browser.post(edit_url(page), data, follow=follow)


def approve(browser: Client, state: TaskState, page: Any, *, follow: bool = False) -> Any:
    data = {"action": "approve", "shown": fresh(page).latest_revision_id, "comment": ""}
    return browser.post(decision_address(state), data, follow=follow)


@pytest.mark.parametrize("who", ["redaktorka", "koordynator2"])
def test_one_other_person_is_enough_and_the_record_says_what_it_was(who, page, autorka, request, client_as):
    person = request.getfixturevalue(who)
    send(client_as(autorka), page, lead=MENDED)
    state = step(page)
    assert state.task.foureyestask.step == FourEyesTask.Step.CORRECTION
    shown = client_as(person).get(decision_address(state)).content.decode()
    assert shown.index('id="changes"') < shown.index('id="preview"'), "there is little to see but the words"
    assert re.findall(r"</span>(\w+)<span[^>]*>]</span></(?:ins|del)>", shown) == ["odbedzie", "odbędzie"]
    approve(client_as(person), state, page)
    assert MENDED in what_visitors_see(page)[1]
    entry = last(page)
    assert (entry.act, [one.user_id for one in entry.approvals]) == (Act.CORRECTED, [person.pk])
    assert [one.user_id for one in entry.contributors] == [autorka.pk]
    assert not list(verification.doubts([fresh(page)]))


def test_it_lies_on_the_dashboards_of_all_who_can_do_it(page, autorka, redaktorka, koordynator2, client_as):
    send(client_as(autorka), page, lead=MENDED)
    for person in (redaktorka, koordynator2):
        assert decision_address(step(page)) in client_as(person).get("/admin/").content.decode()
    assert decision_address(step(page)) not in client_as(autorka).get("/admin/").content.decode()


def test_translations_stay_up_to_date(page, autorka, redaktorka, client_as):
    before = page.source_version
    page.lead = MENDED
    page.save_revision(user=autorka)  # by autosave, before anybody said that it is small
    assert fresh(page).get_latest_revision_as_object().source_version != before
    send(client_as(autorka), page, lead=MENDED)
    approve(client_as(redaktorka), step(page), page)
    assert fresh(page).source_version == before
    assert last(page).act == Act.CORRECTED


@pytest.mark.parametrize(
    "changes",
    [
        {"lead": LEAD.replace("6 stycznia", "7 stycznia")},
        {"slug": "inny-adres"},
        {"lead": MENDED, "go_live_at": "2030-01-07 10:00"},
        {"lead": LEAD},
    ],
    ids=["a number", "an address", "a time", "nothing"],
)
def test_whatever_is_more_goes_the_usual_way_and_says_so(changes, page, autorka, client_as):
    said = send(client_as(autorka), page, follow=True, **changes)
    state = step(page)
    if state is not None:  # Wagtail sends what changed nothing as well
        assert state.task.foureyestask.step == FourEyesTask.Step.REVIEW
        assert re.search(r"zwykłą drogą|Nie zmieniło się|usual way|No word changed", said.content.decode())


@pytest.mark.parametrize(
    "changes",
    [
        {"lead": LEAD.replace("17:00", "17:30")},
        {"lead": LEAD.replace("stycznia", "lutego")},
        {"lead": LEAD.replace("Krakowie", "W\u2800piątek\u2800i\u2800w\u2800każdy\u2800inny\u2800dzień")},
        {"lead": LEAD.replace("Krakowie", "Krakowie.Zapłać:na.konto")},
        {"lead": LEAD.replace("Krakowie", "kontakt@zly.example")},
        {"lead": LEAD.replace("Krakowie", "Krakowie" * 5)},
        {"lead": "Zupełnie inne słowa, których nikt jeszcze nie czytał i nie zatwierdził."},
        {"lead": MENDED, "date": date(2027, 1, 7)},
    ],
    ids=[
        "an hour",
        "a month",
        "signs like spaces",
        "words like one",
        "an address of mail",
        "a long word",
        "too many words",
        "a date beside it",
    ],
)
def test_what_is_more_than_a_few_words(changes, page):
    """Said of the text itself; that the screens ask is above."""
    text = deepcopy(page)
    text.lead = MENDED
    assert not corrections.objection(page, text)
    for name, value in changes.items():
        setattr(text, name, value)
    assert corrections.objection(page, text)


@pytest.mark.parametrize(
    ("lead", "is_active", "reason"),
    [
        (LEAD.replace("wejście od podwórza przy ulicy Dietla", "obcy " * 6), True, "More than %(count)d word"),
        (MENDED, False, "Small corrections have no step"),
    ],
)
def test_the_reason_is_the_one_that_there_was_when_it_was_sent(lead, is_active, reason, page, autorka, client_as):
    FourEyesTask.objects.filter(step=FourEyesTask.Step.CORRECTION).update(active=is_active)
    UserProfile.objects.create(user=autorka, preferred_language="en")
    browser = client_as(autorka)
    assert ('name="small_correction"' in browser.get(edit_url(page)).content.decode()) == is_active
    answer = send(browser, page, follow=True, lead=lead, together="on")
    said = [message.message for message in answer.context["messages"]]
    assert releases.release_of(page)
    assert any(one.startswith(reason % {"count": 5}) for one in said), said
    assert "" not in said


def test_who_wrote_it_approves_it_neither_way(page, koordynatorka, client_as):
    send(client_as(koordynatorka), page, lead=MENDED)
    approve(client_as(koordynatorka), step(page), page)
    assert MENDED not in what_visitors_see(page)[1]


def test_others_cannot_approve_it(page, autorka, autor2, tlumaczka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    for person in (autor2, tlumaczka):
        approve(client_as(person), step(page), page)
        assert MENDED not in what_visitors_see(page)[1], person


def test_what_was_changed_since_goes_the_usual_way(page, autorka, autor2, redaktorka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    state = step(page)
    changed = fresh(page).get_latest_revision_as_object()
    changed.lead = MENDED.replace("Krakowie", "Wrocławiu, chyba, że jednak nie, bo może")
    changed.save_revision(user=autor2)
    approve(client_as(redaktorka), state, page)
    assert step(page).pk == state.pk
    assert LEAD in what_visitors_see(page)[1]
    shown = client_as(redaktorka).get(decision_address(state)).content.decode()
    assert 'value="approve"' not in shown and 'value="reject"' in shown


def test_what_visitors_see_may_have_changed_meanwhile(page, autorka, redaktorka, koordynatorka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    state = step(page)
    type(page).objects.filter(pk=page.pk).update(lead="Something else entirely, and much longer than before it was")
    said = approve(client_as(redaktorka), state, page, follow=True).content.decode()
    assert last(page).act == Act.PUBLISHED
    assert "messages" in said


def test_returned_it_is_sent_again_as_what_it_is_by_then(page, autorka, redaktorka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    data = {"action": "reject", "shown": fresh(page).latest_revision_id, "comment": "Jeszcze przecinek"}
    client_as(redaktorka).post(decision_address(step(page)), data)
    again = fresh(page).get_latest_revision_as_object()
    again.lead = "Teraz to zupełnie inny tekst, który ma więcej niż pięć nowych słów."
    again.save_revision(user=autorka)
    submissions.send(fresh(page), autorka)
    assert step(page).task.foureyestask.step == FourEyesTask.Step.REVIEW


def test_many_small_ones_in_a_row_are_no_small_one(page, autorka, redaktorka, client_as):
    for old, new in (("odbedzie", "odbędzie"), ("wejście od podwórza", "obcy obcy obcy")):
        page = fresh(page)
        send(client_as(autorka), page, lead=page.lead.replace(old, new))
        approve(client_as(redaktorka), step(page), page)
        assert last(page).act == Act.CORRECTED
    page = fresh(page)
    send(client_as(autorka), page, lead=page.lead.replace("przy ulicy", "obcy obcy"))
    assert step(page).task.foureyestask.step == FourEyesTask.Step.REVIEW


def test_nor_are_they_after_one_was_put_back(page, autorka, redaktorka, koordynator2, client_as):
    for old, new in (("odbedzie", "odbędzie"), ("wejście od podwórza", "obcy obcy obcy")):
        page = fresh(page)
        send(client_as(autorka), page, lead=page.lead.replace(old, new))
        approve(client_as(redaktorka), step(page), page)
    fresh(page).unpublish(user=koordynator2)
    archive.restore(fresh(page), koordynator2)
    page = fresh(page)
    send(client_as(autorka), page, lead=page.lead.replace("przy ulicy", "obcy obcy"))
    assert step(page).task.foureyestask.step == FourEyesTask.Step.REVIEW


def test_a_small_correction_answers_no_emergency(page, koordynatorka, client_as):
    page.lead = "Tego nikt nie sprawdził"
    page.save_revision(user=koordynatorka)
    emergency.publish(page, koordynatorka, "Powódź: zbiórka odwołana, ludzie już jadą.", page.latest_revision_id)
    send(client_as(koordynatorka), page, lead="Tego nikt nie sprawdzal")
    assert step(page).task.foureyestask.step == FourEyesTask.Step.REVIEW
    assert emergency.unconfirmed(fresh(page))


def test_what_was_put_back_counts_as_approved_though_an_emergency_said_the_same(
    page, autorka, redaktorka, koordynatorka, koordynator2, client_as
):
    for lead in ("Coś innego", page.lead):
        page.lead = lead
        page.save_revision(user=koordynatorka)
    emergency.publish(page, koordynatorka, "Powódź: zbiórka odwołana, ludzie już jadą.", page.latest_revision_id)
    emergency.put_back(emergency.unconfirmed(fresh(page)), koordynator2)
    send(client_as(autorka), fresh(page), lead=MENDED)
    approve(client_as(redaktorka), step(page), page)
    assert last(page).act == Act.CORRECTED
    assert not list(verification.doubts([fresh(page)]))


def test_a_text_that_goes_live_with_others_has_none(page, autorka, client_as):
    page.lead = MENDED
    page.save_revision(user=autorka)
    releases.create([fresh(page)], Locale.objects.exclude(pk=page.locale_id), autorka)
    send(client_as(autorka), page, lead=MENDED)
    assert step(page).task.foureyestask.step == FourEyesTask.Step.REVIEW


def test_a_time_that_is_over_is_no_change(autorka, redaktorka, koordynatorka, koordynator2, client_as, monkeypatch):
    later = timezone.now() + timedelta(hours=1)
    page = draft_of(autorka, "Later", go_live_at=later, lead=LEAD, body=body_of([{**QUOTE, "id": "a"}]))
    publish_properly(page, autorka, redaktorka, koordynatorka)
    monkeypatch.setattr(timezone, "now", lambda: later + timedelta(hours=1))
    call_command("publish_scheduled")
    send(client_as(autorka), fresh(page), lead=MENDED)
    assert step(page).task.foureyestask.step == FourEyesTask.Step.CORRECTION


def test_returned_and_sent_again_without_a_word_it_goes_the_usual_way(page, autorka, redaktorka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    data = {"action": "reject", "shown": fresh(page).latest_revision_id, "comment": "Zwykłą drogą, proszę"}
    client_as(redaktorka).post(decision_address(step(page)), data)
    submissions.send(fresh(page), autorka)
    assert step(page).task.foureyestask.step == FourEyesTask.Step.REVIEW


def test_it_has_no_time_of_its_own(page, autorka, redaktorka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    url = decision_address(step(page))
    assert 'name="go_live_at"' not in client_as(redaktorka).get(url).content.decode()
    client_as(redaktorka).post(url, {"action": "times", "go_live_at": "2030-01-07T08:00"})
    approve(client_as(redaktorka), step(page), page)
    assert MENDED in what_visitors_see(page)[1]


def test_no_pair_is_made_around_it_which_would_keep_it_from_its_approval(
    page, autorka, koordynatorka, koordynator2, client_as
):
    send(client_as(autorka), page, lead=MENDED)
    url, said = decision_address(step(page)), {"when": "ready", "rule": "wait"}
    client_as(koordynatorka).post(url, {"action": "together", **said})
    answer = client_as(koordynatorka).post(address("approval:together", page), {"action": "save", **said}, follow=True)
    assert not Release.objects.exists()
    with translation.override("pl"):
        words = gettext("“%(title)s” is on its way as a small correction, which goes live alone. Decide on that first.")
    assert words % {"title": page.title} in answer.content.decode()
    approve(client_as(koordynator2), step(page), page)
    assert MENDED in what_visitors_see(page)[1]


def test_a_block_from_before_a_field_came_is_no_change(page):
    one, other = deepcopy(page), deepcopy(page)
    one.body = body_of([{"type": "quote", "value": {"text": "Ala ma kota"}, "id": "a"}])
    other.body = body_of([{"type": "quote", "value": {"text": "Ala ma psa", "author": "", "role": ""}, "id": "a"}])
    assert word_changes.words_changed(one, other) == 1


def test_a_place_has_small_corrections_too(autorka, redaktorka, koordynatorka, client_as):
    house = Venue.objects.create(
        locale=Locale.get_default(), live=False, name="Dom", address="ul. Podwórkowa 7", directions="Od podworza."
    )
    house.save_revision(user=autorka)
    publish_properly(house, autorka, redaktorka, koordynatorka)
    form = {"name": "Dom", "address": "ul. Podwórkowa 7", **dict.fromkeys(Venue.FACTS, "unknown")}
    url = reverse(Venue.snippet_viewset.get_url_name("edit"), args=[house.pk])
    client_as(autorka).post(url, {**form, "directions": "Od podwórza.", "small_correction": "on", "action-submit": "1"})
    assert step(house).task.foureyestask.step == FourEyesTask.Step.CORRECTION


def test_a_draft_of_a_page_that_is_not_public_has_no_short_way(draft, autorka, client_as):
    browser = client_as(autorka)
    assert 'name="small_correction"' not in browser.get(edit_url(draft)).content.decode()
    send(browser, draft, lead="Other words")
    assert step(draft).task.foureyestask.step == FourEyesTask.Step.REVIEW


def test_a_record_that_calls_a_great_change_small_is_doubted(page, autorka, redaktorka, koordynatorka, client_as):
    send(client_as(autorka), page, lead=MENDED)
    approve(client_as(redaktorka), step(page), page)
    assert not list(verification.doubts([fresh(page)]))
    first = LedgerEntry.objects.for_instance(page).order_by("-pk")[1]
    revision = page.revisions.get(pk=first.revision_number)
    revision.content = {**revision.content, "lead": "It said something else before, at length, and of another matter"}
    revision.save()
    assert "small correction" in next(iter(verification.doubts([fresh(page)]))).problem


# --- What counts as words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("<p>Ala ma kota</p>", "<p>Ala ma psa</p>", 1),
        ("<p>Ala ma kota</p>", "<p>Ala ma dużego kota</p>", 1),
        ("<p>Ala ma kota</p>", "<p>Ala</p>", 2),
        ("<p>Ala ma kota</p>", "<p><b>Ala</b> ma kota</p>", None),
        ('<p><a href="/a/">Ala</a></p>', '<p><a href="/b/">Ala</a></p>', None),
        ('<p><a href="/a/">Ala</a></p>', '<p><a href="/a/">Ola</a></p>', 1),
        ("<p>Ala ma 2 koty</p>", "<p>Ala ma dwa koty</p>", None),
        ("<p>Ala</p><p>Ola</p>", "<p>Ala Ola</p>", None),
    ],
)
def test_words_of_a_body(old, new, words, page):
    one, other = deepcopy(page), deepcopy(page)
    for text, markup in ((one, old), (other, new)):
        text.body = body_of([{"type": "text", "value": markup, "id": "a"}])
    assert word_changes.words_changed(one, other) == words


@pytest.mark.parametrize(
    ("model", "name"),
    [(EventPage, "place"), (EventPage, "address"), (EventPage, "cost"), (Venue, "room"), (Venue, "address")],
)
def test_a_street_and_a_price_stand_in_words_and_are_none(db, model, name):
    one, other = (
        model(locale=Locale.objects.get(language_code="en"), **{name: value}) for value in ("Long Street", "Low Street")
    )
    assert word_changes.words_changed(one, other) is None


def test_blocks_that_come_go_or_move_are_no_words(page):
    bodies = [
        [("a", "Ala"), ("b", "Ola")],
        [("b", "Ola"), ("a", "Ala")],
        [("a", "Ala")],
        [("a", "Ala"), ("b", "Ola"), ("c", "Ela")],
    ]
    texts = []
    for body in bodies:
        text = deepcopy(page)
        text.body = body_of([{"type": "text", "value": f"<p>{words}</p>", "id": key} for key, words in body])
        texts.append(text)
    assert [word_changes.words_changed(texts[0], other) for other in texts[1:]] == [None, None, None]
