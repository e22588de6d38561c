"""Attacks on the workflow itself, and on groups: switched off, emptied, replaced, drifted."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Task,
    Workflow,
    WorkflowTask,
)

from approval import roles
from approval.models import FourEyesTask
from home.models import User
from tests.approval.attacks import press, press_in_editor
from tests.workflow import (
    SMUGGLED,
    draft_of,
    edit_url,
    form_of,
    fresh,
    nothing_changes_for_visitors,
    person,
    refused_politely,
    submit,
    take_step,
)

pytestmark = pytest.mark.usefixtures("shared_pages")

# --- Another workflow -------------------------------------------------------------------------------


def test_cancelled_and_then_published(client_as, koordynatorka, in_approval):
    with nothing_changes_for_visitors(in_approval):
        client_as(koordynatorka).post(edit_url(in_approval), form_of(in_approval, **{"action-cancel-workflow": "1"}))
        form = form_of(in_approval, lead=SMUGGLED, **{"action-publish": "1"})
        assert refused_politely(client_as(koordynatorka).post(edit_url(in_approval), form))


@pytest.mark.parametrize("address", ("disable", "remove"))
def test_a_workflow_switched_off(client_as, admin, in_approval, address):
    workflow = Workflow.objects.get(workflow_key__key=roles.PUBLICATION.key)
    page = workflow.workflow_pages.first().page
    urls = {"disable": [workflow.pk], "remove": [page.pk, workflow.pk]}
    with nothing_changes_for_visitors(in_approval):
        client_as(admin).post(reverse(f"wagtailadmin_workflows:{address}", args=urls[address]))
        form = form_of(in_approval, lead=SMUGGLED, **{"action-publish": "1"})
        assert refused_politely(client_as(admin).post(edit_url(in_approval), form))
        form = form_of(in_approval, lead=SMUGGLED, **{"action-submit": "1"})
        assert refused_politely(client_as(admin).post(edit_url(in_approval), form))


def test_a_workflow_deleted_in_the_shell(client_as, admin, in_approval):
    with nothing_changes_for_visitors(in_approval):
        Workflow.objects.all().delete()
        form = form_of(in_approval, lead=SMUGGLED, **{"action-publish": "1"})
        assert refused_politely(client_as(admin).post(edit_url(in_approval), form))


def test_a_stock_task_put_into_the_workflow(client_as, admin, redaktorka, autorka, draft):
    """Wagtail's own task lets anybody of a group approve: it approves, and nothing is published."""
    workflow = Workflow.objects.get(workflow_key__key=roles.PUBLICATION.key)
    stock = GroupApprovalTask.objects.create(name="Stock")
    stock.groups.set(Group.objects.all())
    WorkflowTask.objects.filter(workflow=workflow).delete()
    WorkflowTask.objects.create(workflow=workflow, task=stock, sort_order=0)
    submit(draft, autorka)
    with nothing_changes_for_visitors(draft):
        for someone in (autorka, redaktorka, admin):
            assert refused_politely(press(client_as(someone), draft))
            assert refused_politely(press_in_editor(client_as(someone), draft, lead=SMUGGLED))


def test_a_workflow_without_any_step(client_as, autorka, admin, draft):
    WorkflowTask.objects.all().delete()
    with nothing_changes_for_visitors(draft):
        for someone in (autorka, admin):
            form = form_of(draft, lead=SMUGGLED, **{"action-submit": "1"})
            assert refused_politely(client_as(someone).post(edit_url(draft), form))


def test_only_the_review_left_in_the_workflow(client_as, autorka, redaktorka, draft):
    workflow = Workflow.objects.get(workflow_key__key=roles.PUBLICATION.key)
    WorkflowTask.objects.filter(workflow=workflow, task=FourEyesTask.objects.get(key="approval")).delete()
    submit(draft, autorka)
    with nothing_changes_for_visitors(draft):
        assert refused_politely(press(client_as(redaktorka), draft))


def test_the_approval_turned_into_a_review(client_as, admin, koordynatorka, in_approval):
    """A superuser makes the last step lenient, so that approvers may write and approve."""
    FourEyesTask.objects.update(step=FourEyesTask.Step.REVIEW)
    with nothing_changes_for_visitors(in_approval):
        assert refused_politely(press_in_editor(client_as(koordynatorka), in_approval, lead=SMUGGLED))
        assert refused_politely(press(client_as(koordynatorka), in_approval))


def test_authors_put_among_the_approvers(client_as, admin, autorka, redaktorka, draft):
    """Groups may drift; still nobody approves what they wrote themselves."""
    task = FourEyesTask.objects.get(key="approval")
    form = {"groups": [str(group.pk) for group in Group.objects.all()], "name": task.name, "step": "approval"}
    client_as(admin).post(reverse("wagtailadmin_workflows:edit_task", args=[task.pk]), form)
    task.groups.set(Group.objects.all())
    submit(draft, autorka)
    take_step(draft, redaktorka)
    with nothing_changes_for_visitors(draft):
        assert refused_politely(press(client_as(autorka), draft))
        assert refused_politely(press(client_as(redaktorka), draft))


# --- Drifting groups ----------------------------------------------------------------------------------


def test_publish_permission_given_by_hand(client_as, koordynatorka, live_page):
    root = live_page.get_ancestors().filter(depth=1).get()
    for codename in ("publish_page", "bulk_delete_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        for group in koordynatorka.groups.all():
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    with nothing_changes_for_visitors(live_page):
        form = form_of(live_page, lead=SMUGGLED, **{"action-publish": "1"})
        assert refused_politely(client_as(koordynatorka).post(edit_url(live_page), form))
        assert refused_politely(
            client_as(koordynatorka).post(reverse("wagtailadmin_pages:delete", args=[live_page.pk]))
        )


def test_one_person_in_all_groups_with_all_permissions(client_as, db):
    someone = person("wszechmocna", *roles.ROLES)
    someone.user_permissions.set(Permission.objects.all())
    page = draft_of(someone, "Almighty")
    submit(page, someone)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(someone), page))
        form = form_of(page, **{"action-publish": "1"})
        assert refused_politely(client_as(someone).post(edit_url(page), form))


@pytest.mark.parametrize("name", ("wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"))
def test_a_coordinator_looks_for_more_rights(client_as, koordynatorka, name):
    assert client_as(koordynatorka).get(reverse(name)).status_code in (302, 403)


def test_a_coordinator_makes_a_second_account(client_as, koordynatorka):
    form = {"username": "druga", "password1": "x" * 20, "password2": "x" * 20, "first_name": "D", "last_name": "D"}
    assert refused_politely(client_as(koordynatorka).post(reverse("wagtailusers_users:add"), form))
    assert not User.objects.filter(username="druga").exists()


@pytest.mark.parametrize("name", ("index", "add", "task_index"))
def test_a_coordinator_looks_for_the_workflows(client_as, koordynatorka, name):
    assert client_as(koordynatorka).get(reverse(f"wagtailadmin_workflows:{name}")).status_code in (302, 403)


def test_whoever_deletes_the_author_does_not_free_their_text(client_as, koordynatorka, redaktorka, autorka):
    """The author's account goes while the text waits: those who are left still decide on their own account."""
    page = draft_of(koordynatorka, "Own")
    fresh(page).save_revision(user=autorka, log_action=True)
    submit(page, autorka)
    autorka.delete()
    take_step(page, redaktorka)
    with nothing_changes_for_visitors(page):
        assert refused_politely(press(client_as(koordynatorka), page))


def test_tasks_can_only_be_of_our_kind_where_setup_site_has_been(db):
    tasks = Task.objects.filter(workflow_tasks__workflow__active=True).specific()
    assert all(isinstance(task, FourEyesTask) for task in tasks)
