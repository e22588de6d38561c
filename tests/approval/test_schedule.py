"""Approved times: frozen, withdrawn, kept."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from approval import schedule
from approval.models import Act, LedgerEntry
from approval.refusals import RefusedError
from approval.views.subjects import address, edit_address, wagtail_address
from home.models import SiteSettings
from tests.records import acts
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    draft_of,
    edit_url,
    form_of,
    fresh,
    in_an_hour,
    publish_properly,
    what_visitors_see,
)


def test_approved_time_publishes_by_itself(scheduled, hour_later):
    call_command("publish_scheduled")
    assert what_visitors_see(scheduled)[0] == 404, "not before its time"
    hour_later()
    call_command("publish_scheduled")
    assert APPROVED in what_visitors_see(fresh(scheduled))[1]
    plan, publication = LedgerEntry.objects.for_instance(scheduled).order_by("pk")
    assert (plan.act, publication.act, publication.answered) == (Act.SCHEDULED, Act.PUBLISHED, plan)
    assert publication.digest == plan.digest
    assert [str(person) for person in publication.named] == [str(person) for person in plan.named]
    assert plan.due == scheduled.go_live_at


def test_end_date_takes_the_page_down_by_itself(autorka, redaktorka, koordynatorka, hour_later):
    page = publish_properly(draft_of(autorka, "Ends", expire_at=in_an_hour()), autorka, redaktorka, koordynatorka)
    assert what_visitors_see(page)[0] == 200
    hour_later()
    call_command("publish_scheduled")
    assert what_visitors_see(page)[0] == 404
    entry = LedgerEntry.objects.for_instance(page).first()
    assert (entry.act, entry.user, entry.due) == (Act.TAKEN_DOWN, None, page.expire_at)


def test_coordinator_withdraws_and_nothing_goes_live(scheduled, koordynator2, client_as, hour_later):
    browser, revision = client_as(koordynator2), scheduled.scheduled_revision
    ours = address("approval:publication_time", scheduled)
    wagtails = reverse("wagtailadmin_pages:revisions_unschedule", args=[scheduled.pk, revision.pk])
    assert f'data-w-action-url-value="{wagtails}"' in browser.get(edit_url(scheduled)).content.decode()
    for answer in (browser.get(wagtails), browser.post(wagtails, {"reason": "Nobody asked"})):
        assert answer["Location"] == ours, "Wagtail's button asks first"
    assert acts(scheduled) == [Act.SCHEDULED]
    assert browser.get(ours).status_code == 200
    assert f'name="revision" value="{revision.pk}"' in browser.get(ours).content.decode()
    for number in ("", "x", revision.pk - 1):
        for deed in ({}, {"action": "move", "now": "1"}):
            browser.post(ours, {"revision": number, **deed})
    assert acts(scheduled) == [Act.SCHEDULED], "another version waited when they looked"
    browser.post(ours, {"revision": revision.pk, "reason": "Wykładowczyni odwołała przyjazd"})
    entry = LedgerEntry.objects.for_instance(scheduled).first()
    assert (entry.act, entry.user, entry.revision_number) == (Act.WITHDRAWN, koordynator2, revision.pk)
    assert entry.reason == "Wykładowczyni odwołała przyjazd"
    hour_later()
    call_command("publish_scheduled")
    assert not fresh(scheduled).live


@pytest.mark.parametrize("who", ["autorka", "redaktorka", "tlumaczka"])
def test_nobody_else_withdraws(who, scheduled, request, client_as):
    browser = client_as(request.getfixturevalue(who))
    browser.post(address("approval:publication_time", scheduled), {"revision": scheduled.scheduled_revision.pk})
    browser.post(
        reverse("wagtailadmin_pages:revisions_unschedule", args=[scheduled.pk, scheduled.scheduled_revision.pk])
    )
    assert fresh(scheduled).scheduled_revision is not None
    assert acts(scheduled) == [Act.SCHEDULED]


def test_withdrawing_twice_or_too_late_is_said_and_not_done(scheduled, koordynator2, hour_later):
    hour_later()
    call_command("publish_scheduled")
    with pytest.raises(RefusedError):
        schedule.withdraw(fresh(scheduled), koordynator2)
    assert acts(scheduled) == [Act.SCHEDULED, Act.PUBLISHED]


def test_withdrawal_while_the_command_runs_wins_or_loses_but_breaks_nothing(
    scheduled, koordynator2, hour_later, capsys
):
    hour_later()
    stale = scheduled.scheduled_revision
    schedule.withdraw(fresh(scheduled), koordynator2)
    with pytest.raises(RefusedError):  # the command's own list is older than the withdrawal
        stale.publish(log_action="wagtail.publish.scheduled")
    call_command("publish_scheduled")
    assert not fresh(scheduled).live


def test_scheduled_text_is_frozen(scheduled, autorka, koordynatorka, client_as):
    approved = scheduled.scheduled_revision
    for who in (autorka, koordynatorka):
        client_as(who).post(edit_url(scheduled), form_of(scheduled, lead=SMUGGLED))
        client_as(who).post(
            edit_url(scheduled),
            form_of(scheduled, lead=SMUGGLED, overwrite_revision_id=approved.pk),
            headers={"accept": "application/json"},
        )
    scheduled.save_revision(user=autorka, overwrite_revision=approved)
    approved.refresh_from_db()
    assert approved.as_object().lead == APPROVED
    assert fresh(scheduled).scheduled_revision == approved


@pytest.mark.parametrize("change", [{"lead": SMUGGLED}, {"go_live_at": "sooner"}, {"expire_at": "never"}])
def test_change_of_text_or_time_after_a_withdrawal_needs_a_new_approval(
    change, scheduled, autorka, koordynator2, client_as, hour_later
):
    schedule.withdraw(scheduled, koordynator2)
    moments = {"sooner": timezone.now() + timedelta(minutes=30), "never": ""}
    client_as(autorka).post(
        edit_url(scheduled), form_of(scheduled, **{name: moments.get(value, value) for name, value in change.items()})
    )
    hour_later()
    call_command("publish_scheduled")
    assert not fresh(scheduled).live


def test_time_changed_behind_the_ledgers_back_publishes_nothing(scheduled, capsys):
    Revision.objects.filter(pk=scheduled.scheduled_revision.pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    with pytest.raises(SystemExit):
        call_command("publish_scheduled")
    assert not fresh(scheduled).live


def test_one_refused_text_keeps_no_other_from_its_time(scheduled, autorka, redaktorka, koordynatorka, hour_later):
    other = draft_of(autorka, "Other", go_live_at=in_an_hour() + timedelta(minutes=5))
    other = publish_properly(other, autorka, redaktorka, koordynatorka)
    with connection.cursor() as cursor:
        entries = "SELECT id FROM approval_ledgerentry WHERE object_id = %s"
        cursor.execute(f"DELETE FROM approval_ledgerperson WHERE entry_id IN ({entries})", [str(scheduled.pk)])  # noqa: S608 - our own words
        cursor.execute("DELETE FROM approval_ledgerentry WHERE object_id = %s", [str(scheduled.pk)])
    hour_later()
    with pytest.raises(SystemExit):
        call_command("publish_scheduled")
    assert not fresh(scheduled).live
    assert fresh(other).live


def test_taking_down_ends_what_waits(live_page, autorka, redaktorka, koordynatorka, client_as, hour_later):
    page = fresh(live_page)
    page.lead, page.go_live_at = "For later", in_an_hour()
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    client_as(koordynatorka).post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    hour_later()
    call_command("publish_scheduled")
    assert not fresh(live_page).live


def test_visitor_cannot_withdraw(scheduled):
    assert "/login/" in Client().post(address("approval:publication_time", scheduled))["Location"]
    assert acts(scheduled) == [Act.SCHEDULED]


def test_texts_of_the_site_stay_public_while_an_old_version_of_them_waits(
    tlumaczka, redaktorka, koordynatorka, hour_later, client_as
):
    """Wagtail keeps in each version of a snippet which version was live then, and takes that for today's."""
    texts = SiteSettings.objects.get(locale__language_code="pl")
    old = texts.get_latest_revision()
    before = texts.tagline
    texts.tagline = "New words"
    texts.save_revision(user=tlumaczka)
    publish_properly(fresh(texts), tlumaczka, redaktorka, koordynatorka)
    again = old.as_object()
    again.go_live_at = in_an_hour()
    again.save_revision(user=tlumaczka, previous_revision=old)
    texts = publish_properly(fresh(texts), tlumaczka, redaktorka, koordynatorka)
    assert (texts.live, texts.tagline) == (True, "New words")
    browser = client_as(koordynatorka)
    browser.post(wagtail_address("revisions_unschedule", SiteSettings, texts.pk, texts.scheduled_revision.pk))
    assert fresh(texts).scheduled_revision, "Wagtail's way withdraws nothing"
    assert address("approval:publication_time", texts) in browser.get(edit_address(texts)).content.decode()
    hour_later()
    call_command("publish_scheduled")
    assert (fresh(texts).live, fresh(texts).tagline) == (True, before)


def test_a_text_that_ends_before_its_new_version_has_its_time_still_goes_live_then(
    autorka, redaktorka, koordynatorka, monkeypatch
):
    now = timezone.now()
    page = draft_of(autorka, "Ends", expire_at=now + timedelta(hours=1))
    page = publish_properly(page, autorka, redaktorka, koordynatorka)
    page.expire_at, page.go_live_at = None, now + timedelta(hours=2)
    page.save_revision(user=autorka)
    publish_properly(page, autorka, redaktorka, koordynatorka)
    for hours, live in ((1.5, False), (3, True)):
        monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
        call_command("publish_scheduled")
        assert fresh(page).live == live
    assert acts(page) == [Act.PUBLISHED, Act.SCHEDULED, Act.TAKEN_DOWN, Act.PUBLISHED]
