"""What must go on working, whatever the gate refuses: each way with real logins, over HTTP."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Revision

from approval import verification
from approval.models import Act, LedgerEntry
from approval.views.subjects import address
from home.bootstrap import home_of
from home.models import SiteSettings, StandardPage
from news.models import NewsPage
from tests.records import acts
from tests.workflow import (
    APPROVED,
    create_url,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    new_form,
    news_index,
    publish_properly,
    task_url,
    what_visitors_see,
)
from translation import drafts

SEARCHES = True  # as on the site, each way goes with it

SUBMIT = {"action-submit": "1"}


def press(client, page, action="approve", **data):
    """The next step, with the number of the version that stands on the screen."""
    page = fresh(page)
    state = page.current_workflow_task_state
    answer = client.post(task_url(page, action, state.pk), {"shown": page.latest_revision_id, **data})
    assert answer.status_code == 302


def save(client, page, **changes):
    assert client.post(edit_url(page), form_of(page, **changes)).status_code == 302


def test_the_fixtures_stand_where_they_say(live_page, draft, in_review, in_approval, scheduled):
    assert APPROVED in what_visitors_see(live_page)[1]
    for page in (draft, in_review, in_approval, scheduled):
        assert what_visitors_see(page)[0] == 404


def test_author_review_approval_live(client_as, autorka, redaktorka, koordynatorka):
    client_as(autorka).post(create_url(news_index()), new_form(lead=APPROVED, **SUBMIT))
    page = NewsPage.objects.get(slug="new")
    press(client_as(redaktorka), page)
    assert what_visitors_see(page)[0] == 404
    press(client_as(koordynatorka), page)
    assert APPROVED in what_visitors_see(fresh(page))[1]
    assert acts(page) == [Act.PUBLISHED]
    assert not list(verification.doubts([fresh(page)]))


def test_the_reviewer_corrects_and_passes_on(client_as, redaktorka, koordynatorka, in_review):
    form = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    save(client_as(redaktorka), in_review, lead="Corrected by the reviewer", **form)
    press(client_as(koordynatorka), in_review)
    assert "Corrected by the reviewer" in what_visitors_see(fresh(in_review))[1]


def test_the_reviewer_saves_a_correction_first_and_passes_on_later(client_as, redaktorka, koordynatorka, in_review):
    save(client_as(redaktorka), in_review, lead="Corrected by the reviewer")
    press(client_as(redaktorka), in_review)
    press(client_as(koordynatorka), in_review)
    assert "Corrected by the reviewer" in what_visitors_see(fresh(in_review))[1]


@pytest.mark.parametrize("returned_by", ("redaktorka", "koordynatorka"))
def test_returned_corrected_submitted_again(client_as, pages, autorka, redaktorka, koordynatorka, draft, returned_by):
    save(client_as(autorka), draft, **SUBMIT)
    if returned_by == "koordynatorka":
        press(client_as(redaktorka), draft)
    press(client_as(pages(returned_by)), draft, "reject", comment="A date is missing.")
    save(client_as(autorka), draft, lead="With the date", **SUBMIT)
    # Whoever returned it, changed text passes both steps.
    press(client_as(redaktorka), draft)
    press(client_as(koordynatorka), draft)
    assert "With the date" in what_visitors_see(fresh(draft))[1]


def test_a_coordinator_who_reviewed_leaves_the_approval_to_another_one(client_as, redaktorka, koordynatorka, live_page):
    save(client_as(redaktorka), live_page, lead="Second edition", **SUBMIT)
    assert "Second edition" not in what_visitors_see(live_page)[1]
    press(client_as(koordynatorka), live_page)
    assert "Second edition" not in what_visitors_see(live_page)[1]


def test_a_change_of_a_live_page_with_a_second_coordinator(
    client_as, redaktorka, koordynatorka, koordynator2, live_page
):
    save(client_as(redaktorka), live_page, lead="Second edition", **SUBMIT)
    press(client_as(koordynatorka), live_page)
    press(client_as(koordynator2), live_page)
    assert "Second edition" in what_visitors_see(live_page)[1]


def test_the_author_of_the_last_edition_approves_the_next_one(
    client_as, autorka, redaktorka, koordynatorka, koordynator2
):
    """What was approved is closed: koordynatorka wrote it, and may decide about what autorka adds."""
    page = publish_properly(draft_of(koordynatorka, "Hers"), koordynatorka, redaktorka, koordynator2)
    page.owner = autorka  # autorka may edit her own pages
    page.save()
    save(client_as(autorka), page, lead="Second edition", **SUBMIT)
    press(client_as(redaktorka), page)
    press(client_as(koordynatorka), page)
    assert "Second edition" in what_visitors_see(fresh(page))[1]


def test_a_new_address_takes_effect_with_the_approval(
    client_as, redaktorka, koordynatorka, koordynator2, live_page, django_capture_on_commit_callbacks
):
    old = live_page.url
    save(client_as(redaktorka), live_page, slug="new-address", **SUBMIT)
    press(client_as(koordynatorka), live_page)
    with django_capture_on_commit_callbacks(execute=True):
        press(client_as(koordynator2), live_page)
    assert fresh(live_page).url.endswith("/new-address/")
    assert client_as(redaktorka).get(old).url == fresh(live_page).url


def test_an_approved_time_publishes_by_itself(client_as, autorka, redaktorka, koordynatorka, draft, monkeypatch):
    save(client_as(autorka), draft, go_live_at=in_an_hour(), **SUBMIT)
    press(client_as(redaktorka), draft)
    press(client_as(koordynatorka), draft)
    call_command("publish_scheduled")
    assert what_visitors_see(draft)[0] == 404
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    assert APPROVED in what_visitors_see(fresh(draft))[1]
    assert acts(draft) == [Act.SCHEDULED, Act.PUBLISHED]


def test_an_approved_end_takes_down_by_itself(autorka, redaktorka, koordynatorka, monkeypatch):
    page = draft_of(autorka, "Ends", expire_at=in_an_hour())
    page = publish_properly(page, autorka, redaktorka, koordynatorka)
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("publish_scheduled")
    assert what_visitors_see(page)[0] == 404
    assert acts(page)[-1] == Act.TAKEN_DOWN


def test_a_coordinator_takes_back_an_approved_time(client_as, koordynatorka, scheduled):
    client_as(koordynatorka).post(
        address("approval:publication_time", scheduled), {"revision": scheduled.scheduled_revision.pk}
    )
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


@pytest.mark.parametrize("who", ("koordynatorka", "koordynator2"))
def test_one_coordinator_takes_down(client_as, pages, live_page, who):
    client_as(pages(who)).post(reverse("wagtailadmin_pages:unpublish", args=[live_page.pk]))
    assert what_visitors_see(live_page)[0] == 404
    entry = LedgerEntry.objects.for_instance(live_page).first()
    assert (entry.act, entry.user) == (Act.TAKEN_DOWN, pages(who))


def test_taken_down_and_published_again(client_as, redaktorka, koordynatorka, koordynator2, live_page):
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[live_page.pk]))
    save(client_as(redaktorka), live_page, lead="Better now", **SUBMIT)
    press(client_as(koordynatorka), live_page)
    press(client_as(koordynator2), live_page)
    assert "Better now" in what_visitors_see(fresh(live_page))[1]


def test_an_author_deletes_an_own_draft(client_as, autorka, draft):
    client_as(autorka).post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    assert not NewsPage.objects.filter(pk=draft.pk).exists()


def test_autosave_writes_over_an_own_draft_and_beside_a_submitted_one(client_as, autorka, redaktorka, draft):
    revision = draft.get_latest_revision()
    for button in ({}, SUBMIT):
        save(client_as(autorka), draft, lead="Second try", overwrite_revision_id=str(revision.pk), **button)
        revision = fresh(draft).get_latest_revision()
    form = form_of(draft, lead="Third try", overwrite_revision_id=str(revision.pk))
    client_as(redaktorka).post(edit_url(draft), form)
    revision.refresh_from_db()
    assert revision.content["lead"] == "Second try"
    assert fresh(draft).get_latest_revision().content["lead"] == "Third try"


def test_a_coordinator_moves_a_live_page_and_its_readers_follow(
    client_as, autorka, redaktorka, koordynatorka, django_capture_on_commit_callbacks
):
    """Moving changes no words; the old address leads to the new one."""
    home = home_of(Locale.get_default())
    above, below = (StandardPage(title=title, slug=title, live=False, owner=autorka) for title in ("above", "below"))
    for page in (above, below):
        home.add_child(instance=page)
        page.save_revision(user=autorka)
        publish_properly(page, autorka, redaktorka, koordynatorka)
    old = fresh(below).url
    url = reverse("wagtailadmin_pages:move_confirm", args=[below.pk, above.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client_as(koordynatorka).post(url)
    assert fresh(below).url == f"{fresh(above).url}below/"
    assert client_as(koordynatorka).get(old).url == fresh(below).url


def test_the_settings_through_their_workflow(client_as, koordynator2, redaktorka, koordynatorka):
    texts = SiteSettings.objects.get(locale=Locale.get_default())
    names = ("name", "short_name", "address", "email", "phone", "phone_hours", "funder_statement", "disclaimer")
    form = {name: getattr(texts, name) for name in names} | {"tagline": "Neighbours together"}
    form |= {"menu-count": "0", "footer-count": "0", "social-count": "0", **SUBMIT}
    edit = reverse("wagtailsnippets_home_sitesettings:edit", args=[texts.pk])
    assert client_as(koordynator2).post(edit, form).status_code == 302
    for someone in (redaktorka, koordynatorka):
        state = fresh(texts).current_workflow_task_state
        url = reverse("wagtailsnippets_home_sitesettings:workflow_action", args=[texts.pk, "approve", state.pk])
        assert client_as(someone).post(url, {"shown": fresh(texts).latest_revision.pk}).status_code == 302
    assert fresh(texts).tagline == "Neighbours together"
    assert acts(texts)[-1] == Act.PUBLISHED


def test_a_translation_in_the_ordinary_editor(client_as, tlumaczka, redaktorka, koordynatorka, live_page):
    english = Locale.objects.get(language_code="en")
    page = drafts.begin(live_page, english, tlumaczka)
    assert not page.live
    save(client_as(tlumaczka), page, title="In English", slug="in-english", lead="Approved in English", **SUBMIT)
    press(client_as(redaktorka), page)
    press(client_as(koordynatorka), page)
    assert "Approved in English" in what_visitors_see(fresh(page))[1]
