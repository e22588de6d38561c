"""What time and others change between sending, deciding and going live: named, refused in words, told once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from taggit.models import Tag
from wagtail.log_actions import registry as log_registry

from approval import archive, validation
from approval.digest import digest_of
from approval.models import Act, LedgerEntry
from approval.validation import InvalidError
from approval.verdict import Verdict
from approval.views.subjects import address
from news.models import NewsPage
from notifications.models import OutgoingMail
from tests import factories
from tests.approval.attacks import press
from tests.approval.scene import crew, published
from tests.newsroom.test_decision import decide_url, rewrite, shown_on, waiting, words
from tests.workflow import (
    draft_of,
    fresh,
    in_an_hour,
    publish_properly,
    submit,
    take_step,
)

REASON = "The deadline is today and nobody else is here."


@pytest.fixture(scope="module")
def taken_of_all(module_tree) -> NewsPage:
    author, reviewer, _approver, _translator = crew()
    page = published("Gala")
    rewrite(page, author, slug="gala-2027")
    submit(page, author)
    take_step(page, reviewer)
    published("Gala 2027")
    return page


@pytest.fixture
def taken(taken_of_all, db) -> NewsPage:
    """Waits for its approval with a new address that another text has got meanwhile."""
    return fresh(taken_of_all)


# --- On the decision page ---------------------------------------------------------------------


def test_a_taken_address_is_named_before_the_button_and_the_text_can_only_be_returned(client_as, koordynatorka, taken):
    page = client_as(koordynatorka).get(decide_url(taken)).content.decode()
    assert page.index("gala-2027” jest zajęty") < page.index('name="action"')
    assert 'value="approve"' not in page
    assert 'value="reject"' in page


def test_approval_is_refused_in_words_and_the_comment_stays(client_as, koordynatorka, taken):
    browser = client_as(koordynatorka)
    shown = shown_on(browser.get(decide_url(taken)))
    form = {"action": "approve", "shown": shown, "comment": "Typed by hand", "with_words": "1"}
    answer = browser.post(decide_url(taken), form, follow=True)
    assert answer.status_code == 200
    assert "jest zajęty" in words(answer)
    assert "Typed by hand</textarea>" in words(answer)
    assert waiting(taken) is not None
    assert fresh(taken).slug == "gala"


def test_returning_it_works_and_so_does_the_way_with_another_address(
    client_as, autorka, redaktorka, koordynatorka, taken
):
    take_step(taken, koordynatorka, "reject", comment="Another address, please.")
    rewrite(fresh(taken), autorka, slug="gala-2027-druga")
    fresh(taken).current_workflow_state.resume(autorka)
    take_step(taken, redaktorka)
    take_step(taken, koordynatorka)
    assert fresh(taken).slug == "gala-2027-druga"


def test_the_step_button_in_the_explorer_refuses_it_too(client_as, koordynatorka, taken):
    answer = press(client_as(koordynatorka), taken)
    assert answer.status_code < 500
    assert waiting(taken) is not None


def test_a_review_is_refused_as_well(client_as, autorka, redaktorka, koordynatorka, in_review):
    rewrite(in_review, autorka, slug=in_review.slug + "-2")
    factories.news(slug=in_review.slug + "-2")
    with pytest.raises(InvalidError, match="jest zajęty"):
        take_step(in_review, redaktorka, shown=fresh(in_review).latest_revision_id)


def test_a_last_day_that_has_passed_is_named(autorka, in_approval, koordynatorka):
    text = in_approval.get_latest_revision_as_object()
    text.expire_at = timezone.now() - timedelta(minutes=1)
    text.save_revision(user=autorka, clean=False)
    assert "Data końcowa już minęła" in validation.words(validation.obstacles(fresh(in_approval).latest_revision))


def test_an_end_before_the_beginning_is_named(autorka, draft):
    draft.go_live_at, draft.expire_at = in_an_hour(), timezone.now() + timedelta(minutes=1)
    revision = draft.save_revision(user=autorka, clean=False)
    assert "data końcowa jest wcześniejsza" in validation.words(validation.obstacles(revision))


def test_a_kind_that_no_longer_exists_is_named(autorka, draft):
    draft.kind = "telegram"
    revision = draft.save_revision(user=autorka, clean=False)
    assert "telegram" in validation.words(validation.obstacles(revision))


@pytest.mark.parametrize("place", ["lead_image", "body", "attachment_items"])
def test_a_picture_or_file_that_is_gone_is_named(autorka, draft, place):
    """The version opens all the same: the key of the lead picture protects it, which modelcluster can't handle."""
    thing = factories.document() if place == "attachment_items" else factories.image()
    if place == "lead_image":
        draft.lead_image, draft.lead_image_alt = thing, "Mural"
    elif place == "body":
        draft.body = [("image", {"image": {"image": thing, "alt_text": "Mural"}, "caption": ""})]
    else:
        draft.attachment_items.create(document=thing)
    revision = draft.save_revision(user=autorka, clean=False)
    assert validation.obstacles(revision) == []
    thing.delete()
    revision = type(revision).objects.get(pk=revision.pk)
    assert "nie ma już tego" in validation.words(validation.obstacles(revision))


def test_a_link_to_a_page_that_is_not_public_warns_and_prevents_nothing(client_as, koordynatorka, autorka, in_approval):
    hidden = factories.news(title="Hidden", live=False)
    text = in_approval.get_latest_revision_as_object()
    text.body = [("text", f'<p><a linktype="page" id="{hidden.pk}">More</a></p>')]
    revision = text.save_revision(user=autorka)
    found = validation.problems(revision)
    assert [(problem.check, problem.prevents) for problem in found] == [("links", False)]
    assert "Hidden" in found[0].words


def test_a_page_above_that_is_not_public_warns(autorka, in_approval):
    parent = in_approval.get_parent().specific
    parent.unpublish()
    found = validation.problems(fresh(in_approval).latest_revision)
    assert [(problem.check, problem.prevents) for problem in found] == [("above", False)]


def test_asking_what_is_wrong_changes_nothing_of_what_was_approved(in_approval):
    """A version of before texts were cleaned: what is validated is published, and must keep its digest."""
    revision = in_approval.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(content={**revision.content, "lead": "Old\x0bsign"})
    state = in_approval.current_workflow_state
    found = Verdict(state, fresh(in_approval))
    before = digest_of(type(revision).objects.get(pk=revision.pk).as_object())
    assert found.obstacles == []
    assert found.digest == before


def test_nothing_is_said_of_a_text_in_order(in_approval):
    assert validation.problems(in_approval.latest_revision) == []


# --- In an emergency, and from the archive ------------------------------------------------------


def test_the_emergency_exit_names_it_and_keeps_the_reason(client_as, koordynatorka, taken):
    browser, exit_url = client_as(koordynatorka), address("approval:emergency", taken)
    page = browser.get(exit_url)
    assert "jest zajęty" in words(page)
    assert "serious" not in page.content.decode()
    answer = browser.post(exit_url, {"reason": REASON, "revision": taken.latest_revision_id})
    assert answer.status_code == 200
    assert REASON in words(answer)
    assert not LedgerEntry.objects.for_instance(taken).filter(act=Act.EMERGENCY).exists()


def test_restoring_from_the_archive_is_refused_in_words(koordynatorka, autorka, redaktorka, live_page):
    live_page.unpublish()
    NewsPage.objects.filter(pk=live_page.pk).update(slug="elsewhere")
    factories.news(slug="live", title="Newcomer")
    with pytest.raises(InvalidError, match="jest zajęty: ma go strona „Newcomer”"):
        archive.restore(fresh(live_page), koordynatorka)
    assert not fresh(live_page).live


# --- When its time comes -------------------------------------------------------------------------


@pytest.fixture
def blocked(scheduled, autorka, redaktorka, koordynatorka, monkeypatch) -> NewsPage:
    """Approved for a time that has come, while its address belongs to another text."""
    NewsPage.objects.filter(pk=scheduled.pk).update(slug="before")
    factories.news(slug="scheduled", title="Newcomer")
    later = timezone.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return fresh(scheduled)


def held_back_mails() -> set[str]:
    return {row.user.username for row in OutgoingMail.objects.filter(kind="held-back")}


def test_coordinators_and_the_author_are_told_once(blocked, koordynator2):
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert not fresh(blocked).live
    assert held_back_mails() == {"autorka", "koordynatorka", "koordynator2"}
    assert OutgoingMail.objects.filter(kind="held-back").count() == 3
    assert log_registry.get_logs_for_instance(blocked).filter(action="approval.held-back").count() == 1


def test_the_dashboard_names_who_has_the_address(blocked, autor2, client_as, koordynatorka):
    other = NewsPage.objects.get(slug="scheduled")
    other.lead = "Another text"
    other.save_revision(user=autor2)
    call_command("publish_scheduled")
    assert autor2.name in words(client_as(koordynatorka).get(reverse("wagtailadmin_home")))


def test_another_reason_is_told_too(blocked):
    call_command("publish_scheduled")
    NewsPage.objects.filter(slug="scheduled").update(draft_title="Renamed", title="Renamed")
    for _time in range(2):
        call_command("publish_scheduled")
    reasons = [row.facts["reason"] for row in OutgoingMail.objects.filter(kind="held-back", user__username="autorka")]
    assert len(reasons) == 2
    assert "Renamed" in reasons[1]


def test_what_was_deleted_since_holds_an_approved_text_back_and_is_told(
    autorka, redaktorka, koordynatorka, client_as, monkeypatch
):
    """Without its topic the text says something else than was approved, and so has another digest."""
    page = draft_of(autorka, "Refers", go_live_at=in_an_hour())
    draft = fresh(page).get_latest_revision_as_object()
    draft.tags.add("ławki")
    draft.save_revision(user=autorka)
    publish_properly(fresh(page), autorka, redaktorka, koordynatorka)
    Tag.objects.all().delete()
    later = timezone.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    assert not fresh(page).live
    assert held_back_mails() == {"autorka", "koordynatorka"}
    assert "dashboard-held-back" in client_as(koordynatorka).get(reverse("wagtailadmin_home")).content.decode()


def test_other_texts_go_live_all_the_same(blocked, autorka, redaktorka, koordynatorka):
    call_command("publish_scheduled")
    other = publish_properly(draft_of(autorka, "Other"), autorka, redaktorka, koordynatorka)
    assert other.live


def test_the_approval_stays_and_the_text_goes_live_once_its_address_is_free(blocked):
    call_command("publish_scheduled")
    NewsPage.objects.filter(slug="scheduled").update(slug="moved-away")
    call_command("publish_scheduled")
    assert fresh(blocked).live
    assert fresh(blocked).slug == "scheduled"


def test_the_dashboard_shows_it_to_whom_it_concerns_until_it_is_solved(
    blocked, koordynatorka, autorka, autor2, client_as
):
    home, sees = reverse("wagtailadmin_home"), {koordynatorka: True, autorka: True, autor2: False}
    call_command("publish_scheduled")
    for person, expected in sees.items():
        assert ("dashboard-held-back" in client_as(person).get(home).content.decode()) is expected, person
    NewsPage.objects.filter(slug="scheduled").update(slug="moved-away")
    call_command("publish_scheduled")
    for person in sees:
        assert "dashboard-held-back" not in client_as(person).get(home).content.decode(), person
