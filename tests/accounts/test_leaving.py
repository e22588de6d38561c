"""Somebody leaves in one step, and nothing waits for them; their words and decisions keep their name."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.urls import reverse
from wagtail.models import PageLogEntry, TaskState

from accounts import deletion, leaving
from approval import claims, contributors, deadlines, policy, restriction
from approval.models import Claim, LedgerEntry, NeededBy
from approval.refusals import RefusedError
from approval.setup import permission
from home.models import User
from news.models import NewsPage
from newsroom.under_way import TextsUnderWay
from notifications import outbox
from notifications.models import OutgoingMail
from notifications.reminders import remind
from tests.approval.attacks import state_of
from tests.reading import source
from tests.workflow import draft_of, fresh, person, publish_properly, submit, take_step

pytestmark = pytest.mark.django_db


def leave(client, who, heir=None, **texts):
    return client.post(f"/admin/accounts/{who.pk}/leave/", {"heir": str(heir.pk) if heir else "-", **texts})


def who_has(title, user):
    return {line.title: line.who for line in TextsUnderWay(user).lines}[title]


def test_the_account_is_closed_and_sessions_end(autorka, admin, client_as, draft):
    outbox.write("x:1", "published", [autorka], {"title": "Tekst"})
    browser = client_as(autorka)
    assert browser.get("/admin/").status_code == 200
    assert client_as(admin).get(f"/admin/accounts/{autorka.pk}/leave/").status_code == 200
    assert User.objects.get(pk=autorka.pk).is_active, "looking does nothing"
    sessions = Session.objects.count()
    leave(client_as(admin), autorka)
    autorka.refresh_from_db()
    assert (autorka.is_active, autorka.has_usable_password()) == (False, False)
    assert Session.objects.count() == sessions - 1
    assert browser.get("/admin/").status_code == 302
    assert not OutgoingMail.objects.waiting().filter(user=autorka).exists()
    assert fresh(draft).owner == autorka, "what they wrote stays theirs"
    assert "Autorka" not in who_has("Draft", admin)


def test_texts_go_on_with_a_colleague_who_has_no_hand_in_them(
    draft, in_approval, autorka, koordynatorka, koordynator2, admin, client_as
):
    leave(client_as(admin), autorka, koordynatorka, **{f"text-{draft.pk}": str(koordynator2.pk)})
    assert [fresh(draft).owner, fresh(in_approval).owner] == [koordynator2, koordynatorka]
    assert who_has("Draft", admin) == koordynator2.name
    assert set(contributors.contributors(fresh(in_approval))) == {autorka.pk}, "nobody else wrote"
    assert policy.objection(state_of(in_approval), koordynatorka) is None
    assert policy.objection(state_of(in_approval), autorka) is not None
    take_step(in_approval, koordynatorka)
    entry = LedgerEntry.objects.for_instance(in_approval).publications().get()
    assert [one.name for one in entry.contributors] == [autorka.name]
    assert OutgoingMail.objects.filter(kind="handed-over").count() == 2


def test_whoever_created_a_page_and_wrote_no_word_has_a_hand_in_it_still(draft, autorka, koordynatorka, admin):
    draft.revisions.update(user=None)
    PageLogEntry.objects.filter(page=draft.pk).delete()
    leaving.leave(autorka, admin, {draft.pk: koordynatorka})
    assert set(contributors.contributors(fresh(draft))) == {autorka.pk}


def test_whoever_goes_on_with_a_text_and_writes_has_a_hand_in_it(draft, autorka, koordynatorka, admin):
    leaving.leave(autorka, admin, {draft.pk: koordynatorka})
    page = fresh(draft)
    page.lead = "Other words."
    page.save_revision(user=koordynatorka, log_action=True)
    submit(fresh(draft), koordynatorka)
    assert set(contributors.contributors(fresh(draft))) == {autorka.pk, koordynatorka.pk}


def test_a_returned_text_lies_on_the_dashboard_of_whoever_goes_on(
    in_review, autorka, autor2, redaktorka, admin, client_as
):
    leave(client_as(admin), autorka, autor2)
    take_step(in_review, redaktorka, "reject", comment="Za długo")
    assert OutgoingMail.objects.filter(kind="rejected", user=autor2).exists()
    assert who_has("In review", admin) == autor2.name
    assert "In review" in source(client_as(autor2).get("/admin/"))
    assert client_as(autor2).get(reverse("wagtailadmin_pages:edit", args=[in_review.pk])).status_code == 200


def test_steps_are_passed_on_or_free(in_review, redaktorka, koordynatorka, autorka, admin, client_as):
    claims.take(state_of(in_review), redaktorka)
    leave(client_as(admin), redaktorka, koordynatorka)
    assert claims.claim_of(state_of(in_review)).user == koordynatorka
    leave(client_as(admin), koordynatorka, autorka)
    assert not Claim.objects.exists(), "nobody takes a step of their own text"
    assert fresh(in_review).current_workflow_task_state.status == TaskState.STATUS_IN_PROGRESS


def test_a_text_goes_to_nobody_who_may_not_edit_it(draft, autorka, admin, client_as):
    reader = User.objects.create_user("czytelnik", first_name="Jan", last_name="Czytelnik")
    answer = leave(client_as(admin), autorka, reader)
    assert "nie może edytować tego tekstu" in source(answer)
    assert User.objects.get(pk=autorka.pk).is_active


def test_locks_open_and_what_is_returned_waits_for_nobody_who_is_gone(
    in_review, autorka, redaktorka, koordynatorka, admin, client_as
):
    take_step(in_review, redaktorka, "reject")
    assert "In review" not in source(client_as(koordynatorka).get("/admin/"))
    NewsPage.objects.filter(pk=in_review.pk).update(locked=True, locked_by=autorka)
    leave(client_as(admin), autorka)
    assert not fresh(in_review).locked
    assert "oordyna" in who_has("In review", admin), "who find somebody"
    assert "In review" in source(client_as(koordynatorka).get("/admin/"))


def test_nothing_waits_for_them_in_what_is_kept_from_who_closes_their_account(
    in_review, autorka, redaktorka, admin, client_as
):
    restriction.restrict(in_review, [autorka, redaktorka], autorka)
    claims.take(state_of(in_review), redaktorka)
    deadlines.set_needed_by(in_review, date(2026, 11, 20), redaktorka)
    NewsPage.objects.filter(pk=in_review.pk).update(locked=True, locked_by=redaktorka)
    assert "kept" not in str(deletion.consequences([autorka]).nameless), "how many they made is nobody else's matter"
    assert "People" not in dict(deletion.consequences([autorka]).gone)
    leave(client_as(admin), redaktorka, autorka)
    assert not Claim.objects.exists() and not fresh(in_review).locked
    assert not NeededBy.objects.filter(user=redaktorka).exists()
    assert OutgoingMail.objects.get(kind="named-left").user == autorka


def test_two_administrators_who_close_each_others_accounts_leave_one_open(admin):
    second = person("admin2", superuser=True)
    first, other = User.objects.get(pk=admin.pk), User.objects.get(pk=second.pk)
    leaving.leave(first, other)
    with pytest.raises(RefusedError):
        leaving.leave(other, admin)  # as a request that began before
    assert User.objects.filter(is_superuser=True, is_active=True).count() == 1


def test_who_looks_after_accounts_gives_no_role_to_administrators_and_herself(koordynatorka, autorka, admin, client_as):
    koordynatorka.user_permissions.add(permission("home.change_user"))
    role = Group.objects.get(role__key="translator")
    address = f"/admin/bulk/home/user/assign_role/?id={admin.pk}&id={koordynatorka.pk}&id={autorka.pk}"
    client_as(koordynatorka).post(address, {"role": role.pk})
    assert admin not in role.user_set.all() and koordynatorka not in role.user_set.all()


def test_a_day_that_nobody_here_named_is_told_to_coordinators(draft, autorka, koordynatorka, admin, client_as):
    deadlines.set_needed_by(draft, date(2026, 11, 20), autorka)
    leave(client_as(admin), autorka)
    remind(date(2026, 11, 24))
    assert OutgoingMail.objects.filter(user=koordynatorka, kind="overdue-yours").exists()


def test_the_screen_says_who_will_be_missing(in_approval, koordynatorka, admin, client_as):
    page = source(client_as(admin).get(f"/admin/accounts/{koordynatorka.pk}/leave/"))
    assert "W grupie „Koordynacja” nie będzie nikogo" in page
    assert "In approval" in page


def test_nobody_closes_an_account_without_the_right(autorka, redaktorka, koordynatorka, admin, client_as):
    for user in (autorka, redaktorka, koordynatorka):
        assert leave(client_as(user), autorka).status_code in (302, 403)
    assert leave(client_as(admin), admin).status_code in (302, 403), "not their own"
    assert User.objects.filter(is_active=False).count() == 0


def test_many_at_once_leave_too(in_review, redaktorka, autorka, admin, client_as):
    claims.take(state_of(in_review), redaktorka)
    address = f"/admin/bulk/home/user/set_active_state/?id={redaktorka.pk}&id={autorka.pk}&id={admin.pk}"
    client_as(admin).post(address, {"mark_as_active": "False"})
    assert set(User.objects.filter(is_active=True)) == {admin}
    assert not Claim.objects.exists()
    User.objects.filter(pk=redaktorka.pk).update(email="")
    client_as(admin).post(address, {"mark_as_active": "True"})
    assert OutgoingMail.objects.get(kind="invited").user_id is None
    assert OutgoingMail.objects.get(kind="invited").address == autorka.email
    assert not User.objects.get(pk=autorka.pk).is_active, "until they come"


def test_decisions_and_remarks_keep_the_name_of_who_left(autorka, redaktorka, koordynatorka, admin, client_as):
    page = publish_properly(draft_of(autorka, "Live"), autorka, redaktorka, koordynatorka)
    leave(client_as(admin), koordynatorka)
    history = source(client_as(admin).get(reverse("wagtailadmin_pages:history", args=[page.pk])))
    assert koordynatorka.name in history


def test_deleting_says_first_what_goes(in_review, autorka, redaktorka, admin, client_as):
    claims.take(state_of(in_review), redaktorka)
    for address in (f"/admin/users/delete/{redaktorka.pk}/", f"/admin/bulk/home/user/delete/?id={redaktorka.pk}"):
        page = source(client_as(admin).get(address))
        assert "Zajęte etapy: 1" in page
        assert "Lepiej zamknąć" in page
    assert User.objects.filter(pk=redaktorka.pk).exists()
    client_as(admin).post(f"/admin/users/delete/{redaktorka.pk}/")
    assert not User.objects.filter(pk=redaktorka.pk).exists()
