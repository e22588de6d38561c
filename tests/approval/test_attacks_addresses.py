"""Attacks through the shell and through management commands."""

import contextlib
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from approval.models import Act, LedgerEntry
from approval.publish_guard import NotApprovedError
from approval.views.subjects import address
from news.models import NewsPage
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    draft_of,
    fresh,
    in_an_hour,
    news_index,
    nothing_changes_for_visitors,
    publish_properly,
    submit,
    take_step,
)

pytestmark = pytest.mark.usefixtures("shared_pages")

STAFF = ("autorka", "koordynatorka", "admin")


# --- The shell ----------------------------------------------------------------------------------


def test_publish_called_by_accident_says_what_to_do(draft, admin):
    for call in (
        lambda: draft.get_latest_revision().publish(),
        lambda: draft.get_latest_revision().publish(user=admin, skip_permission_checks=True),
        lambda: draft.publish(draft.get_latest_revision()),
    ):
        with nothing_changes_for_visitors(draft), pytest.raises(NotApprovedError, match="nikt niezależny"):
            call()


def test_saving_a_live_page_with_other_words(live_page):
    live_page.lead = SMUGGLED
    for arguments in ({}, {"update_fields": ["lead"]}, {"clean": False}):
        with nothing_changes_for_visitors(live_page), pytest.raises(NotApprovedError):
            live_page.save(**arguments)


def test_saving_a_draft_as_live(draft):
    draft.live = True
    for arguments in ({}, {"update_fields": ["live"]}):
        with nothing_changes_for_visitors(draft), pytest.raises(NotApprovedError):
            draft.save(**arguments)


def test_saving_a_live_page_through_its_base_class(live_page):
    """`Page.save()` of the plain object is no way round."""
    plain = Page.objects.get(pk=live_page.pk)
    plain.title = SMUGGLED
    with nothing_changes_for_visitors(live_page), pytest.raises(NotApprovedError):
        plain.save()


def test_putting_a_draft_live_through_its_base_class(draft):
    plain = Page.objects.get(pk=draft.pk)
    plain.live = True
    with nothing_changes_for_visitors(draft), pytest.raises(NotApprovedError):
        plain.save()


def test_publishing_through_the_base_class(draft):
    plain = Page.objects.get(pk=draft.pk)
    with nothing_changes_for_visitors(draft), pytest.raises(NotApprovedError):
        plain.publish(draft.get_latest_revision())


def test_importing_a_page_that_is_live_at_once(autorka):
    page = NewsPage(title="Imported", slug="imported", lead=SMUGGLED, kind="training", owner=autorka)
    with nothing_changes_for_visitors(), pytest.raises(NotApprovedError):
        news_index().add_child(instance=page)


def test_deleting_a_live_page_in_a_shell(live_page):
    for call in (
        live_page.delete,
        NewsPage.objects.filter(pk=live_page.pk).delete,
        Page.objects.filter(pk=live_page.pk).delete,
        Page.objects.get(pk=live_page.pk).delete,
        news_index().delete,
    ):
        with nothing_changes_for_visitors(live_page), pytest.raises(NotApprovedError), transaction.atomic():
            call()


def test_the_ledger_cannot_be_rewritten(live_page):
    entry = LedgerEntry.objects.for_instance(live_page).first()
    entry.reason = SMUGGLED
    for call in (entry.save, entry.delete, LedgerEntry.objects.all().delete):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(TypeError):
        LedgerEntry.objects.update(reason=SMUGGLED)


# --- Commands -------------------------------------------------------------------------------------


def scheduler():
    """The command as cron runs it; a refusal is an error message, no publication."""
    with contextlib.suppress(SystemExit):
        call_command("publish_scheduled")


def long_ago():
    return timezone.now() - timedelta(minutes=5)


def test_a_time_set_by_hand_on_an_unapproved_version(draft):
    Revision.objects.filter(pk=draft.latest_revision_id).update(approved_go_live_at=long_ago())
    with nothing_changes_for_visitors(draft):
        scheduler()


def test_an_earlier_time_set_by_hand_on_an_approved_version(scheduled):
    Revision.objects.filter(pk=scheduled.scheduled_revision.pk).update(approved_go_live_at=long_ago())
    with nothing_changes_for_visitors(scheduled):
        scheduler()
    assert not LedgerEntry.objects.for_instance(scheduled).filter(act=Act.PUBLISHED).exists()


def test_words_changed_by_hand_in_a_scheduled_version(scheduled):
    revision = scheduled.scheduled_revision
    Revision.objects.filter(pk=revision.pk).update(
        content={**revision.content, "lead": SMUGGLED, "go_live_at": long_ago().isoformat()},
        approved_go_live_at=long_ago(),
    )
    with nothing_changes_for_visitors(scheduled):
        scheduler()


def test_one_refused_page_does_not_hold_up_the_others(draft, autorka, redaktorka, koordynatorka, monkeypatch):
    """A time set by hand on a draft is refused, and what was approved comes out at its time all the same."""
    soon = timezone.now() + timedelta(seconds=2)
    page = publish_properly(draft_of(autorka, "Soon", go_live_at=soon), autorka, redaktorka, koordynatorka)
    Revision.objects.filter(pk=draft.latest_revision_id).update(approved_go_live_at=long_ago() - timedelta(days=1))
    later = soon + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    scheduler()
    assert fresh(page).live
    assert not fresh(draft).live


def test_purged_versions_free_nobody_and_publish_nothing(in_approval, live_page):
    with nothing_changes_for_visitors(in_approval, live_page):
        call_command("purge_revisions", verbosity=0)


def test_loading_roles_again_changes_no_text(live_page, in_approval):
    with nothing_changes_for_visitors(live_page, in_approval):
        call_command("setup_site", verbosity=0)


def test_an_unsent_schedule_is_not_published_after_a_withdrawal(client_as, koordynatorka, scheduled):
    client_as(koordynatorka).post(
        address("approval:publication_time", scheduled), {"revision": scheduled.scheduled_revision.pk}
    )
    Revision.objects.filter(object_id=str(scheduled.pk)).update(approved_go_live_at=long_ago())
    with nothing_changes_for_visitors(scheduled):
        scheduler()


def test_an_approved_version_cannot_come_back_by_itself(koordynatorka, autorka, redaktorka, live_page):
    """An older approved version is not approved for today: bringing it back takes its own approval."""
    old = live_page.live_revision
    live_page.lead = f"{APPROVED} twice"
    live_page.save_revision(user=autorka)
    page = publish_properly(live_page, autorka, redaktorka, koordynatorka)
    with nothing_changes_for_visitors(page), pytest.raises(NotApprovedError):
        old.publish(user=koordynatorka)


def test_a_time_set_by_hand_before_the_approval(autorka, redaktorka):
    page = draft_of(autorka, "Timed", go_live_at=in_an_hour())
    submit(page, autorka)
    take_step(page, redaktorka)
    Revision.objects.filter(object_id=str(page.pk)).update(approved_go_live_at=long_ago())
    with nothing_changes_for_visitors(page):
        scheduler()
