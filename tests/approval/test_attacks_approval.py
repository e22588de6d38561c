"""Attacks on the approval: own texts, borrowed numbers, texts that changed meanwhile."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import (
    TaskState,
    WorkflowState,
)

from approval import people, roles
from approval.policy import NotYoursError
from approval.refusals import RefusedError
from tests.approval.attacks import press, press_in_editor, state_of
from tests.workflow import (
    APPROVED,
    SMUGGLED,
    draft_of,
    edit_url,
    form_of,
    fresh,
    nothing_changes_for_visitors,
    publish_properly,
    refused_politely,
    submit,
    take_step,
    task_url,
)

pytestmark = pytest.mark.usefixtures("shared_pages")

# --- Whose approval -----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ("autorka", "redaktorka", "tlumaczka"))
def test_approval_by_somebody_who_is_no_coordinator(client_as, pages, in_approval, who):
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press(client_as(pages(who)), in_approval))
        assert refused_politely(press_in_editor(client_as(pages(who)), in_approval))


@pytest.mark.parametrize("who", ("koordynatorka", "admin"))
def test_an_author_with_that_right_approves_their_own_text(client_as, pages, redaktorka, who):
    author = pages(who)
    page = draft_of(author, "Own")
    submit(page, author)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(author), page))
        take_step(page, redaktorka)
        assert refused_politely(press(client_as(author), page))
        assert refused_politely(press_in_editor(client_as(author), page))


def test_own_approval_after_a_colleague_saved_the_page_again(client_as, koordynatorka, koordynator2, redaktorka):
    page = draft_of(koordynatorka, "Own")
    submit(page, koordynatorka)
    client_as(koordynator2).post(edit_url(page), form_of(page, lead=SMUGGLED))
    take_step(page, redaktorka, shown=fresh(page).latest_revision_id)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_own_approval_after_purging_old_versions(client_as, koordynatorka, koordynator2, redaktorka):
    page = draft_of(koordynatorka, "Own")
    fresh(page).save_revision(user=koordynator2, log_action=True)
    submit(page, koordynator2)
    call_command("purge_revisions", verbosity=0)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_the_submitter_approves(client_as, autorka, koordynatorka, redaktorka, draft):
    client_as(koordynatorka).post(edit_url(draft), form_of(draft, **{"action-submit": "1"}))
    take_step(draft, redaktorka)
    with nothing_changes_for_visitors(draft):
        assert refused_politely(press(client_as(koordynatorka), draft))


def test_whoever_copied_text_is_not_the_one_who_is_asked_about(client_as, koordynatorka, koordynator2, redaktorka):
    """A colleague copies koordynatorka's draft: its words are still hers."""
    page = draft_of(koordynatorka, "Own")
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(page.get_parent().pk)}
    client_as(koordynator2).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
    copied = type(page).objects.get(slug="copy")
    submit(copied, koordynator2)
    take_step(copied, redaktorka)
    with nothing_changes_for_visitors(copied):
        assert refused_politely(press(client_as(koordynatorka), copied))


def test_whoever_wrote_what_was_copied_twice(client_as, koordynatorka, koordynator2, admin, redaktorka):
    """A copy of a copy: the words are still koordynatorka's."""
    page = draft_of(koordynatorka, "Own")
    for number, someone in enumerate((koordynator2, admin)):
        form = {"new_title": "Copy", "new_slug": f"copy-{number}", "new_parent_page": str(page.get_parent().pk)}
        client_as(someone).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
        page = type(page).objects.get(slug=f"copy-{number}")
    submit(page, admin)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_whoever_wrote_the_version_that_was_brought_back(client_as, koordynatorka, koordynator2, redaktorka):
    page = draft_of(koordynatorka, "Own")
    old = page.get_latest_revision()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    client_as(koordynator2).post(url, form_of(page))
    submit(page, koordynator2)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_whoever_wrote_an_old_version_of_a_live_page_that_was_brought_back(
    client_as, autorka, redaktorka, koordynatorka, koordynator2
):
    """koordynatorka neither owns the page nor wrote since it was approved: only the revert tells of her."""
    page = draft_of(autorka, "Brought back")
    page.lead = "Hers, which nobody has approved"
    old = page.save_revision(user=koordynatorka, log_action=True)
    page.lead = APPROVED
    page.save_revision(user=autorka, log_action=True)
    page = publish_properly(page, autorka, redaktorka, koordynator2)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, old.pk])
    client_as(autorka).post(url, form_of(page, lead=old.as_object().lead))
    submit(page, autorka)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_whoever_wrote_what_was_brought_back_twice_with_an_approval_between(
    client_as, autorka, redaktorka, koordynatorka, koordynator2
):
    page = draft_of(autorka, "Brought back twice")
    page.lead = "Hers, which nobody has approved"
    hers = page.save_revision(user=koordynatorka, log_action=True)
    brought_back = hers
    for _time in range(2):
        page = fresh(page).get_latest_revision_as_object()
        page.lead = f"{APPROVED} {_time}"
        page.save_revision(user=autorka, log_action=True)
        page = publish_properly(page, autorka, redaktorka, koordynator2)
        url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, brought_back.pk])
        client_as(autorka).post(url, form_of(page, lead=hers.as_object().lead))
        brought_back = fresh(page).latest_revision
    submit(page, autorka)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_the_judge_refuses_whoever_comes_past_the_screens(koordynatorka, redaktorka):
    page = draft_of(koordynatorka, "Own")
    submit(page, koordynatorka)
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page), pytest.raises(NotYoursError):
        take_step(page, koordynatorka)


def test_a_reviewer_who_corrected_reviews_the_next_round_and_never_approves(
    client_as, autorka, dwurola, koordynatorka, in_review
):
    """What a reviewer corrects at the language step is no writing for that step; for the approval it is."""
    client_as(dwurola).post(edit_url(in_review), form_of(in_review, lead="Corrected at the language step"))
    press(client_as(dwurola), in_review, "reject", comment="One thing is missing")
    client_as(autorka).post(edit_url(in_review), form_of(in_review, lead="Completed", **{"action-submit": "1"}))
    assert people.outlook(fresh(in_review), in_review.get_workflow(), autorka).missing is None
    take_step(in_review, dwurola)
    with nothing_changes_for_visitors(in_review):
        assert refused_politely(press(client_as(dwurola), in_review))
    press(client_as(koordynatorka), in_review)
    assert fresh(in_review).live


def test_a_reviewer_who_wrote_between_the_rounds_does_not_review(client_as, autorka, redaktorka, in_review):
    press(client_as(redaktorka), in_review, "reject", comment="One thing is missing")
    client_as(redaktorka).post(edit_url(in_review), form_of(in_review, lead="Written while the author had it"))
    client_as(autorka).post(edit_url(in_review), form_of(in_review, lead="Completed", **{"action-submit": "1"}))
    with pytest.raises(RefusedError):
        take_step(in_review, redaktorka)


def test_whoever_submits_again_without_a_change_is_a_submitter(client_as, koordynatorka, redaktorka, in_review):
    """They have written nothing, so no version tells of them; and the workflow knows the first submission only."""
    press(client_as(redaktorka), in_review, "reject", comment="One thing is missing")
    client_as(koordynatorka).post(edit_url(in_review), form_of(in_review, **{"action-submit": "1"}))
    assert fresh(in_review).workflow_in_progress
    take_step(in_review, redaktorka)
    with nothing_changes_for_visitors(in_review):
        assert refused_politely(press(client_as(koordynatorka), in_review))


def test_one_person_in_two_groups_takes_both_steps(client_as, dwurola, in_review):
    with nothing_changes_for_visitors(in_review):
        assert refused_politely(press(client_as(dwurola), in_review))
        assert refused_politely(press(client_as(dwurola), in_review))
        assert refused_politely(press_in_editor(client_as(dwurola), in_review))


def test_the_superuser_takes_both_steps(client_as, admin, in_review):
    with nothing_changes_for_visitors(in_review):
        press(client_as(admin), in_review)
        assert refused_politely(press(client_as(admin), in_review))


def test_a_reviewer_who_corrected_approves_as_well(client_as, dwurola, in_review):
    with nothing_changes_for_visitors(in_review):
        press_in_editor(client_as(dwurola), in_review, lead=SMUGGLED)
        assert refused_politely(press(client_as(dwurola), in_review))


def test_an_inactive_coordinator_approves_from_an_open_session(client_as, koordynator2, in_approval):
    browser = client_as(koordynator2)
    koordynator2.is_active = False
    koordynator2.save()
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press(browser, in_approval))


def test_a_visitor_without_login_approves(client, in_approval):
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press(client, in_approval))


# --- Which text -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ("koordynatorka", "admin"))
def test_rewrite_and_approve_in_one_post(client_as, pages, in_approval, who):
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press_in_editor(client_as(pages(who)), in_approval, lead=SMUGGLED))


def test_approval_of_a_text_that_changed_after_it_was_shown(client_as, koordynatorka, admin, in_approval):
    shown = in_approval.latest_revision_id
    client_as(admin).post(edit_url(in_approval), form_of(in_approval, lead=SMUGGLED))
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press(client_as(koordynatorka), in_approval))
        assert refused_politely(press(client_as(koordynatorka), in_approval, shown=shown))
    assert state_of(in_approval).status == TaskState.STATUS_IN_PROGRESS


def test_approval_of_an_older_version_than_the_newest(client_as, koordynatorka, in_approval, autorka):
    state = state_of(in_approval)
    newer = fresh(in_approval).get_latest_revision_as_object()
    newer.lead = "A newer lead that nobody was shown"
    newer.save_revision(user=autorka, log_action=True)
    assert fresh(in_approval).latest_revision_id != state.revision_id
    TaskState.objects.filter(pk=state.pk).update(revision=state.revision)
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press(client_as(koordynatorka), in_approval, shown=state.revision_id))


def test_a_number_of_another_pages_version_as_the_one_shown(client_as, koordynatorka, in_approval, draft):
    with nothing_changes_for_visitors(in_approval):
        other = draft.latest_revision_id
        assert refused_politely(press(client_as(koordynatorka), in_approval, shown=other))
        assert refused_politely(press(client_as(koordynatorka), in_approval, shown="1 OR 1=1"))


def test_a_step_that_is_over_taken_again(client_as, koordynatorka, redaktorka, in_review):
    over = state_of(in_review)
    take_step(in_review, redaktorka)
    with nothing_changes_for_visitors(in_review):
        assert refused_politely(press(client_as(koordynatorka), in_review, state=over))
    assert state_of(in_review).task.specific.key == roles.PUBLICATION.steps[1].key


def test_the_step_of_one_page_at_the_address_of_another(client_as, koordynatorka, in_approval, in_review):
    with nothing_changes_for_visitors(in_approval, in_review):
        answer = press(client_as(koordynatorka), in_review, state=state_of(in_approval))
        assert refused_politely(answer)


def test_the_step_of_one_page_at_the_address_of_another_at_the_same_step(
    client_as, koordynatorka, autorka, redaktorka, in_approval
):
    other = draft_of(autorka, "Other")
    submit(other, autorka)
    take_step(other, redaktorka)
    with nothing_changes_for_visitors(in_approval, other):
        for action in ("approve", "reject"):
            answer = press(client_as(koordynatorka), other, action, state=state_of(in_approval), comment="x")
            assert refused_politely(answer)
        assert state_of(in_approval).status == TaskState.STATUS_IN_PROGRESS


def test_own_step_at_the_address_of_somebody_elses_page(client_as, koordynatorka, redaktorka, in_approval):
    own = draft_of(koordynatorka, "Own")
    submit(own, koordynatorka)
    take_step(own, redaktorka)
    with nothing_changes_for_visitors(own, in_approval):
        assert refused_politely(press(client_as(koordynatorka), in_approval, state=state_of(own)))


def test_a_step_number_that_does_not_exist(client_as, koordynatorka, in_approval):
    url = task_url(in_approval, "approve", 999_999)
    assert refused_politely(client_as(koordynatorka).post(url))


@pytest.mark.parametrize("action", ("publish", "delete", "../approve", "resume"))
def test_an_action_that_nobody_offers(client_as, koordynatorka, in_approval, action):
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press_in_editor(client_as(koordynatorka), in_approval, action))


def test_a_rejection_under_somebody_elses_step(client_as, autorka, redaktorka, in_approval):
    for someone in (autorka, redaktorka):
        assert refused_politely(press(client_as(someone), in_approval, "reject"))
    assert fresh(in_approval).current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS


def test_the_data_of_a_decision_collected_for_another_page(client_as, koordynatorka, in_approval, in_review):
    url = reverse(
        "wagtailadmin_pages:collect_workflow_action_data", args=[in_review.pk, "approve", state_of(in_approval).pk]
    )
    with nothing_changes_for_visitors(in_approval, in_review):
        assert refused_politely(client_as(koordynatorka).post(url, {"comment": ""}))


def test_restarted_instead_of_approved(client_as, koordynatorka, in_approval):
    with nothing_changes_for_visitors(in_approval):
        form = form_of(in_approval, lead=SMUGGLED, **{"action-restart-workflow": "1"})
        assert refused_politely(client_as(koordynatorka).post(edit_url(in_approval), form))
        assert refused_politely(press(client_as(koordynatorka), in_approval))
