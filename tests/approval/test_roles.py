"""Groups, steps and the workflow get better names, and everything works on: code knows them by key."""

import importlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Task, Workflow

from approval import emergency, roles
from approval.models import FourEyesTask, RoleGroup, WorkflowKey
from home.demo.people import load_people
from notifications.models import OutgoingMail
from tests.approval.attacks import press
from tests.newsroom.test_dashboard import panels
from tests.workflow import draft_of, fresh, submit, take_step, what_visitors_see

KEYS = {role.key for role in roles.ROLES}


@pytest.fixture
def renamed(db: None) -> None:
    """Everything that has a name has another one, and the next deployment has run."""
    for number, group in enumerate(Group.objects.all()):
        Group.objects.filter(pk=group.pk).update(name=f"Zespół {number}")
    Workflow.objects.update(name="Droga do czytelników")
    Task.objects.filter(pk=FourEyesTask.objects.get(key="review").pk).update(name="Pierwsze czytanie")
    Task.objects.filter(pk=FourEyesTask.objects.get(key="approval").pk).update(name="Drugie czytanie")
    call_command("setup_site", verbosity=0)


def test_a_new_name_makes_no_second_group(renamed):
    assert sorted(Group.objects.values_list("name", flat=True)) == [f"Zespół {number}" for number in range(4)]
    assert {role.key for role in RoleGroup.objects.all()} == KEYS
    assert Task.objects.filter(active=True, workflow_tasks__workflow__workflow_key__key="publication").count() == 2


def test_a_text_goes_its_way_under_other_names(renamed, client_as, autorka, redaktorka, koordynatorka):
    page = draft_of(autorka, "Renamed")
    submit(page, autorka)
    assert "Renamed" in panels(client_as(redaktorka))["waits"]
    press(client_as(redaktorka), page)
    assert "Renamed" in panels(client_as(koordynatorka))["waits"]
    press(client_as(koordynatorka), page)
    assert what_visitors_see(page)[0] == 200


def test_coordinators_under_another_name_hear_of_an_emergency(renamed, autorka, koordynatorka, koordynator2):
    page = draft_of(autorka)
    emergency.publish(page, koordynatorka, "Powódź: zbiórka odwołana.", fresh(page).latest_revision_id)
    told = OutgoingMail.objects.filter(kind="emergency").values_list("user__username", flat=True)
    assert sorted(told) == ["koordynator2", "koordynatorka"]


def test_the_demo_people_find_their_roles_under_other_names(renamed):
    load_people()
    for login, role in (("autorka", roles.AUTHORS), ("koordynator2", roles.COORDINATORS)):
        assert Group.objects.get(role__key=role.key).user_set.filter(username=login).exists()


def test_no_form_of_the_admin_edits_a_key(client_as, admin):
    group = Group.objects.get(role__key=roles.COORDINATORS.key)
    workflow = Workflow.objects.get(workflow_key__key=roles.PUBLICATION.key)
    task = FourEyesTask.objects.get(key="approval")
    for name, one in (
        ("wagtailusers_groups:edit", group),
        ("wagtailadmin_workflows:edit", workflow),
        ("wagtailadmin_workflows:edit_task", task),
    ):
        assert 'name="key"' not in client_as(admin).get(reverse(name, args=[one.pk])).content.decode()
    form = {"groups": [group.pk], "name": task.name, "step": "approval", "key": "other"}
    assert client_as(admin).post(reverse("wagtailadmin_workflows:edit_task", args=[task.pk]), form).status_code == 302
    assert list(FourEyesTask.objects.get(pk=task.pk).groups.all()) == [group]
    assert FourEyesTask.objects.get(pk=task.pk).key == "approval"


class TestAnOlderDatabase:
    """In it, names are all that tells what is what."""

    @pytest.fixture(autouse=True)
    def older(self, db: None) -> None:
        RoleGroup.objects.all().delete()
        WorkflowKey.objects.all().delete()
        FourEyesTask.objects.filter(key=roles.CORRECTION.key).delete()  # a later version brought it
        FourEyesTask.objects.update(key=None)

    def give_keys(self) -> None:
        importlib.import_module("approval.migrations.0003_give_keys_to_what_is_there").give_keys(apps, None)

    def test_gets_its_keys_by_today_s_names(self):
        self.give_keys()
        assert {role.key: role.group.name for role in RoleGroup.objects.all()} == {
            role.key: role.name for role in roles.ROLES
        }
        assert {task.key: task.name for task in FourEyesTask.objects.all()} == {
            step.key: step.name for step in roles.PUBLICATION.steps
        }
        assert WorkflowKey.objects.get().workflow.name == roles.PUBLICATION.name

    def test_loses_nothing_and_gets_nothing_twice(self, autorka, redaktorka, koordynatorka, capsys):
        groups = {group.name: group for group in Group.objects.all()}
        for user, role in zip((autorka, redaktorka, koordynatorka), roles.ROLES[:3], strict=True):
            user.groups.add(groups[role.name])
        self.give_keys()
        page = draft_of(autorka)
        submit(page, autorka)
        call_command("setup_site")
        assert capsys.readouterr().out.strip() == "The site is set up."
        take_step(page, redaktorka)
        take_step(page, koordynatorka)
        assert fresh(page).live

    def test_a_right_that_is_taken_after_it_stays_taken(self):
        self.give_keys()
        group = Group.objects.get(role__key=roles.COORDINATORS.key)
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()
        FourEyesTask.objects.get(key="review").groups.remove(group)
        call_command("setup_site", verbosity=0)
        assert not group.page_permissions.exists()
        assert not group.collection_permissions.exists()
        assert not FourEyesTask.objects.filter(key="review", groups=group).exists()

    def test_what_was_renamed_before_the_upgrade_is_known_by_its_place(self):
        approval, review = (FourEyesTask.objects.get(step=step) for step in ("approval", "review"))
        coordinators = approval.groups.get()
        reviewers = review.groups.exclude(pk=coordinators.pk).get()
        for group in (coordinators, reviewers):
            Group.objects.filter(pk=group.pk).update(name=f"Zespół {group.pk}")
        Workflow.objects.filter(active=True).update(name="Droga do czytelników")
        self.give_keys()
        assert RoleGroup.objects.get(key="coordinator").group == coordinators
        assert RoleGroup.objects.get(key="reviewer").group == reviewers
        assert WorkflowKey.objects.get().workflow.name == "Droga do czytelników"
        call_command("setup_site", verbosity=0)
        assert Group.objects.count() == len(KEYS)

    def test_of_two_with_one_name_the_one_in_use_gets_the_key(self):
        used = FourEyesTask.objects.get(step="approval")
        FourEyesTask.objects.create(name=used.name, active=False)
        self.give_keys()
        assert FourEyesTask.objects.get(key="approval") == used
