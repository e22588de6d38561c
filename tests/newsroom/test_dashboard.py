"""The first screen after login: each role sees its own, the late first, and it costs the same however full it is."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Task, TaskState

from approval import deadlines
from approval.digest import digest_of
from approval.models import Act
from approval.models.gated import record
from newsroom import tour
from tests.workflow import draft_of, fresh, submit, take_step

HOME = reverse("wagtailadmin_home")


def panels(browser) -> dict[str, str]:
    """The words of every heap on the desk, by its name."""
    page = browser.get(HOME).content.decode()
    found = re.findall(r'<section class="dashboard" aria-labelledby="dashboard-(\w+)">(.*?)</section>', page, re.S)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", inside).split()) for name, inside in found}


def test_a_text_waits_for_those_who_can_decide(client_as, redaktorka, koordynatorka, in_review):
    assert "In review" in panels(client_as(redaktorka))["waits"]
    assert "In review" in panels(client_as(koordynatorka))["waits"]


def test_a_text_of_today_says_the_hour_and_an_older_one_the_day(client_as, redaktorka, in_review):
    for days, has_hour in ((0, True), (1, True), (2, False)):
        moment = timezone.now() - timedelta(days=days)
        TaskState.objects.filter(workflow_state__object_id=str(in_review.pk)).update(started_at=moment)
        page = client_as(redaktorka).get(HOME).content.decode()
        shown = re.search(rf'<time datetime="{re.escape(moment.isoformat())}" title="([^"]+)">([^<]+)</time>', page)
        assert timezone.localtime(moment).strftime("%H:%M") in shown[1]
        assert (shown[1] == shown[2]) is has_hour


def test_the_name_of_a_step_is_no_markup(client_as, autorka, redaktorka, in_review):
    Task.objects.filter(pk=in_review.current_workflow_task_state.task_id).update(name="<b>Review</b>")
    for person in (autorka, redaktorka):
        assert "&lt;b&gt;Review&lt;/b&gt;" in client_as(person).get(HOME).content.decode()


def test_nobody_finds_their_own_text_waiting_for_them(client_as, dwurola, redaktorka):
    page = draft_of(dwurola, "Mine")
    submit(page, dwurola)
    found = panels(client_as(dwurola))
    assert "Mine" not in found["waits"]
    assert "Mine" in found["mine"]


def test_whoever_took_the_first_step_does_not_find_the_second(client_as, autorka, dwurola, koordynatorka):
    page = draft_of(autorka, "Twice")
    submit(page, autorka)
    take_step(page, dwurola)
    assert "Twice" not in panels(client_as(dwurola))["waits"]
    assert "Twice" in panels(client_as(koordynatorka))["waits"]


def test_the_author_sees_where_the_text_stands_and_for_whom_it_waits(client_as, autorka, koordynatorka, in_approval):
    mine = panels(client_as(autorka))["mine"]
    assert "In approval" in mine
    assert koordynatorka.name in mine


def test_a_returned_text_waits_for_its_author_with_the_words(client_as, autorka, koordynatorka, in_approval):
    take_step(in_approval, koordynatorka, "reject", comment="Brakuje daty spotkania.")
    waits = panels(client_as(autorka))["waits"]
    assert "In approval" in waits
    assert "Brakuje daty spotkania." in waits


def test_late_texts_stand_first(client_as, autorka, redaktorka):
    for title, days in (("Soon", 3), ("Late", -3), ("Whenever", None)):
        page = draft_of(autorka, title)
        submit(page, autorka)
        if days is not None:
            deadlines.set_needed_by(page, timezone.localdate() + timedelta(days=days), autorka)
    waits = panels(client_as(redaktorka))["waits"]
    assert waits.index("Late") < waits.index("Soon") < waits.index("Whenever")


def test_late_texts_at_another_desk_are_seen_by_those_who_decide(
    client_as, autorka, redaktorka, koordynatorka, in_approval
):
    deadlines.set_needed_by(in_approval, timezone.localdate() - timedelta(days=2), autorka)
    assert "In approval" in panels(client_as(redaktorka))["overdue"]
    assert "overdue" not in panels(client_as(autorka))


def test_scheduled_and_just_published(client_as, autorka, live_page, scheduled):
    found = panels(client_as(autorka))
    assert "Scheduled" in found["scheduled"] and "Scheduled" in found["mine"]
    assert "Live" in found["published"]


def test_an_archived_page_is_no_draft_until_somebody_writes_on(client_as, autorka, koordynatorka, live_page):
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[live_page.pk]))
    assert "Live" not in panels(client_as(autorka))["mine"]
    archived = fresh(live_page)
    archived.title = "Live, written on"
    archived.save_revision(user=autorka)
    assert "Nowa wersja strony z" in panels(client_as(autorka))["mine"]


def test_an_emergency_stands_on_the_desk_until_somebody_confirms_it(client_as, autorka, koordynatorka, live_page):
    record(
        Act.EMERGENCY,
        live_page,
        live_page.live_revision,
        digest_of(live_page),
        user=autorka,
        reason="Flood in the street",
    )
    assert "Flood in the street" in panels(client_as(koordynatorka))["confirm"]
    assert "confirm" not in panels(client_as(autorka))


def first_steps(browser) -> list[str]:
    """What can be begun from the first screen, by the type of page."""
    return re.findall(r'<a class="button[^"]*" href="[^"]*/add/\w+/(\w+)/\d+/"', browser.get(HOME).content.decode())


def test_the_first_screen_offers_everything_that_can_be_written(client_as, autorka):
    assert first_steps(client_as(autorka)) == ["newspage", "eventpage", "chapterpage", "memberpage"]


def test_nobody_is_offered_what_they_may_not_write(client_as, autorka):
    GroupPagePermission.objects.filter(permission__codename="add_page").delete()
    assert first_steps(client_as(autorka)) == []


def test_what_can_be_begun_stands_before_everything_else(client_as, autorka, koordynatorka, in_approval):
    page = client_as(koordynatorka).get(HOME).content.decode()
    assert page.index('id="dashboard-first-steps"') < page.index("dashboard-waits") < page.index("dashboard-mine")


def test_the_tour_begins_by_itself_until_this_person_has_seen_it(client_as, autorka, redaktorka):
    browser = client_as(autorka)
    assert "data-tour-begins" in browser.get(HOME).content.decode()
    seen = browser.patch(reverse("wagtailadmin_dismissibles"), {tour.SEEN: True}, content_type="application/json")
    assert seen.status_code == 200
    assert "data-tour-begins" not in browser.get(HOME).content.decode()
    assert "data-tour-begins" in browser.get(HOME, {"tour": "1"}).content.decode()
    assert "data-tour-begins" in client_as(redaktorka).get(HOME).content.decode()


def test_a_translator_sees_what_is_not_translated(client_as, tlumaczka, redaktorka, live_page):
    assert "Live" in panels(client_as(tlumaczka))["translate"]
    assert "translate" not in panels(client_as(redaktorka))


def test_wagtails_own_panels_are_gone(client_as, koordynatorka, in_approval):
    page = client_as(koordynatorka).get(HOME).content.decode()
    assert "data-workflow-action-url" not in page
    assert "objects-in-workflow" not in page


def test_a_full_desk_costs_each_role_as_many_queries_as_an_emptier_one(
    client_as, autorka, redaktorka, koordynatorka, tlumaczka, admin
):
    browsers = {who.username: client_as(who) for who in (autorka, redaktorka, koordynatorka, tlumaczka, admin)}
    fill(autorka, redaktorka, 2)
    few = {who: queries(browser) for who, browser in browsers.items()}
    fill(autorka, redaktorka, 3)
    assert {who: queries(browser) for who, browser in browsers.items()} == few


def fill(author, reviewer, count: int) -> None:
    """`count` texts each in review, in approval, and as drafts."""
    for number in range(count):
        for kind in ("review", "approval", "draft"):
            page = draft_of(author, f"{kind} {count} {number}")
            if kind != "draft":
                submit(page, author)
                deadlines.set_needed_by(page, timezone.localdate() - timedelta(days=number), author)
            if kind == "approval":
                take_step(page, reviewer)
            assert fresh(page).pk


def queries(browser, address: str = HOME) -> int:
    """What a screen costs once it is warm."""

    def read() -> None:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) if answer.streaming else answer.content

    read()
    with CaptureQueriesContext(connection) as found:
        read()
    return len(found)
