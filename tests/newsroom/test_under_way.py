"""One list of every text that is not just resting."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from lxml import html

from approval import deadlines, emergency, roles
from approval.models import Release
from approval.setup import permission
from home.models import SiteSettings
from newsroom.dashboard import DashboardPanel
from newsroom.under_way import State, TextsUnderWay
from tests.approval.release_scene import Pair, together, two_drafts
from tests.workflow import draft_of, edit_url, fresh, in_an_hour, person, publish_properly, submit, take_step


def dashboard_of(client_as: Any, user: Any) -> list[Any]:
    found = client_as(user).get(reverse("wagtailadmin_home")).context["panels"]
    return [panel for panel in found if isinstance(panel, DashboardPanel)]


def states_of(user: Any) -> dict[str, State]:
    return {line.title: line.state for line in TextsUnderWay(user).lines}


def test_every_text_says_what_it_waits_for_and_who_has_it(
    draft, in_review, in_approval, live_page, scheduled, autorka, redaktorka, koordynatorka, koordynator2
):
    returned = draft_of(autorka, "Returned")
    submit(returned, autorka)
    take_step(returned, redaktorka, "reject", comment="Za długo")
    urgent = draft_of(koordynatorka, "Urgent")
    emergency.publish(urgent, koordynatorka, "Powódź: zbiórka odwołana, ludzie już jadą.", urgent.latest_revision_id)
    texts = SiteSettings.objects.get(locale__language_code="pl")
    texts.tagline = "Another one"
    texts.save_revision(user=koordynatorka)
    found = {line.title: line for line in TextsUnderWay(koordynator2).lines}
    assert {title: line.state for title, line in found.items()} == {
        "Draft": State.DRAFT,
        "In review": State.REVIEW,
        "In approval": State.APPROVAL,
        "Scheduled": State.SCHEDULED,
        "Returned": State.RETURNED,
        "Urgent": State.EMERGENCY,
        str(texts): State.DRAFT,
    }, "and what rests is not there"
    assert {title: line.who for title, line in found.items() if title in ("Draft", "Returned", "In approval")} == {
        "Draft": autorka.name,
        "Returned": autorka.name,
        "In approval": f"{koordynator2.name}, {koordynatorka.name}",
    }
    assert "/emergency/" in found["Urgent"].url


def test_what_is_approved_waits_for_its_other_language_and_is_held_back_where_it_is_not_in_order(
    autorka, tlumaczka, redaktorka, koordynatorka, client_as
):
    polish, english = two_drafts(autorka, tlumaczka)
    pair = Pair(polish, english, together(polish, autorka), autorka, tlumaczka, redaktorka, koordynatorka)
    pair.approve(polish)
    line = next(line for line in TextsUnderWay(koordynatorka).lines if line.title == "Pair")
    assert line.state == State.WAITING and line.who == f"EN: {tlumaczka.name}"
    panels = {panel.name: panel.rows for panel in dashboard_of(client_as, autorka)}
    with translation.override("pl"):
        assert gettext("Approved. It waits for its translation.") in panels["together"][0].notes[1]
    above = english.get_parent()
    type(above).objects.filter(pk=above.pk).update(live=False)
    pair.approve(english)
    assert {states_of(koordynatorka)[title] for title in ("Pair", "Pair in English")} == {State.HELD_BACK}
    for one in (autorka, koordynatorka):
        panels = {panel.name: panel.rows for panel in dashboard_of(client_as, one)}
        assert "together" not in panels and panels["held-back"][0].alarm
        assert above.title in panels["held-back"][0].notes[-1]


def test_an_original_that_may_go_alone_waits_for_its_time_only(autorka, tlumaczka, redaktorka, koordynatorka):
    polish, english = two_drafts(autorka, tlumaczka)
    release = together(polish, autorka, in_an_hour(), Release.Rule.ALONE)
    pair = Pair(polish, english, release, autorka, tlumaczka, redaktorka, koordynatorka)
    pair.approve(polish)
    assert states_of(koordynatorka)["Pair"] == State.SCHEDULED


def test_the_own_ones_come_first_and_then_what_is_needed(draft, in_review, in_approval, autorka, autor2, koordynatorka):
    theirs = draft_of(autor2, "Of a colleague")
    deadlines.set_needed_by(in_approval, date(2020, 1, 7), koordynatorka)
    lines = TextsUnderWay(autorka).lines
    assert [line.title for line in lines][-1] == theirs.title
    assert lines[0].title == in_approval.title and lines[0].is_overdue


def test_a_translation_out_of_date_is_there_and_each_line_says_where_its_pair_is(
    live_page, autorka, redaktorka, koordynatorka, tlumaczka
):
    english = draft_of(tlumaczka, "In English", language="en")
    type(english).objects.filter(pk=english.pk).update(translation_key=live_page.translation_key)
    english = fresh(english)
    english.source_version = fresh(live_page).source_version
    english.save_revision(user=tlumaczka)
    line = next(line for line in TextsUnderWay(autorka).lines if line.title == "In English")
    assert line.pair.startswith("PL: ") and line.state == State.DRAFT
    publish_properly(english, tlumaczka, redaktorka, koordynatorka)
    assert "In English" not in states_of(autorka)
    page = fresh(live_page)
    page.lead = "It says something else now"
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    line = next(line for line in TextsUnderWay(autorka).lines if line.title == "In English")
    assert line.state == State.OUTDATED and str(roles.TRANSLATORS.label) in line.who


def test_filters_and_counts(draft, in_review, in_approval, autorka, koordynatorka, client_as):
    browser = client_as(koordynatorka)
    url = reverse("newsroom:under_way")
    text = browser.get(url).content.decode()
    assert all(edit_url(page) in text for page in (draft, in_review, in_approval))
    text = browser.get(url, {"state": "draft"}).content.decode()
    assert edit_url(draft) in text and edit_url(in_review) not in text
    counts = html.fromstring(text).xpath("//nav[@class='counts']//li")
    there = {line.state for line in TextsUnderWay(koordynatorka).lines}
    assert len(counts) == 1 + len(there), "all, and each state that there is"
    again = browser.get(url)
    assert again.status_code == 302 and again["Location"].endswith("?state=draft"), "they stay"
    text = browser.get(url, {"who": autorka.pk}).content.decode()
    assert edit_url(draft) in text and edit_url(in_approval) not in text
    answer = browser.get(url, {"locale": "en"})
    assert edit_url(draft) not in answer.content.decode()
    labels = [str(field.label) for field in answer.context["filters"].form]
    assert len(set(labels)) == len(labels), "each is asked once"


def test_what_is_overdue_or_needed_this_week_can_be_chosen(draft, in_review, in_approval, autorka, client_as):
    today = timezone.localdate()
    days = {draft: today, in_review: today - timedelta(days=1), in_approval: today + timedelta(days=7)}
    for page, day in days.items():
        deadlines.set_needed_by(page, day, autorka)
    browser = client_as(autorka)
    for chosen, wanted in {"week": draft, "overdue": in_review}.items():
        answer = browser.get(reverse("newsroom:under_way"), {"needed": chosen})
        assert [line.text.pk for line in answer.context["object_list"]] == [wanted.pk]
        assert [(key, count) for key, _label, count in answer.context["days"]] == [("overdue", 1), ("week", 1)]


@pytest.mark.parametrize("broken", [{"state": "nonsense"}, {"who": "9" * 30}, {"language": "\x00"}, {"p": "-1"}])
def test_nonsense_in_the_address_is_no_error(broken, draft, koordynatorka, client_as):
    assert client_as(koordynatorka).get(reverse("newsroom:under_way"), broken).status_code in (200, 404)


def test_it_can_be_taken_away_as_a_table_and_no_title_is_a_formula(autorka, koordynatorka, client_as):
    draft_of(autorka, "=HYPERLINK(1)")
    answer = client_as(koordynatorka).get(reverse("newsroom:under_way"), {"export": "csv"})
    table = b"".join(answer.streaming_content).decode()
    assert "'=HYPERLINK(1)" in table and autorka.name in table


def test_whoever_edits_no_page_sees_nothing_of_it(draft, client_as):
    assert "/login/" in Client().get(reverse("newsroom:under_way"))["Location"]
    guest = person("gosc")
    guest.user_permissions.add(permission("wagtailadmin.access_admin"))
    assert client_as(guest).get(reverse("newsroom:under_way"), {"export": "csv"}).status_code == 302


def test_it_asks_as_much_for_many_texts_as_for_few(draft, in_review, scheduled, autorka, koordynatorka):
    TextsUnderWay(koordynatorka).lines  # noqa: B018 (what is looked up once for all)
    with CaptureQueriesContext(connection) as few:
        TextsUnderWay(koordynatorka).lines  # noqa: B018
    for number in range(3):
        draft_of(autorka, f"Draft {number}")
        submit(draft_of(autorka, f"Sent {number}"), autorka)
    with CaptureQueriesContext(connection) as many:
        TextsUnderWay(koordynatorka).lines  # noqa: B018
    assert len(many) == len(few)


def test_reports_that_say_nothing_to_editors_are_not_offered(redaktorka, admin, client_as):
    stock = reverse("wagtailadmin_reports:workflow")
    assert stock not in client_as(redaktorka).get("/admin/").content.decode()
    assert stock in client_as(admin).get("/admin/").content.decode()
