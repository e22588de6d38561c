"""A role or step with fewer than two active people is named: to administrators at login, to operators by a check."""

import html
import re

import pytest
from django.contrib.auth.models import Group
from django.core import checks
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Workflow

from approval import roles, staffing
from approval.checks import check_nothing_stops_the_newsroom
from approval.models import FourEyesTask, RoleGroup
from tests.reading import NBSP, source
from tests.workflow import person


@pytest.fixture
def well_staffed(db: None) -> dict[str, list]:
    """Two people in each role, by key."""
    return {role.key: [person(f"{role.key}{number}", role) for number in (1, 2)] for role in roles.ROLES}


def short() -> list[str]:
    return [gap.key for gap in staffing.gaps()]


def warnings() -> list[checks.CheckMessage]:
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [message for message in found if message.id == "approval.W002"]


def dashboard(browser) -> str:
    return html.unescape(source(browser.get(reverse("wagtailadmin_home"))))


def test_two_active_people_in_each_role_are_enough(well_staffed, client_as, admin):
    assert short() == []
    assert warnings() == []
    assert "?group=" not in dashboard(client_as(admin))


def test_whoever_may_not_log_in_any_more_does_not_count(well_staffed):
    user = well_staffed["coordinator"][0]
    user.is_active = False
    user.save()
    assert short() == ["coordinator"]


def test_a_role_without_a_group_is_named(well_staffed):
    RoleGroup.objects.get(key="coordinator").group.delete()
    assert short() == ["coordinator", "approval"]
    assert "setup_site" in warnings()[0].msg


def test_a_team_of_two_needs_both_to_approve_and_nobody_else(well_staffed, settings):
    settings.APPROVAL_IN_ONE_STEP = True
    call_command("setup_site", verbosity=0)
    for role in ("author", "reviewer", "translator"):
        Group.objects.get(role__key=role).user_set.clear()
    assert short() == []
    well_staffed["coordinator"][0].groups.clear()
    assert short() == ["coordinator"]


def test_a_step_that_was_given_to_another_group_needs_two_people_too(well_staffed):
    task = FourEyesTask.objects.get(key="approval")
    task.groups.set([Group.objects.create(name="Zarząd")])
    assert short() == ["approval"]
    for login in ("prezeska", "wiceprezeska"):
        person(login).groups.add(task.groups.get())
    assert short() == []


def test_a_workflow_that_can_publish_nothing_is_named(well_staffed):
    FourEyesTask.objects.get(key="approval").deactivate()
    assert "no step that approves" in in_english()
    Workflow.objects.get(workflow_key__key="publication").deactivate()
    assert "is disabled" in in_english()


def in_english() -> str:
    with override("en"):
        return " ".join(gap.words for gap in staffing.gaps())


WORDS = {
    "pl": ("Czego brakuje redakcji", "Tylko jedna osoba z grupy „Zespół” ma aktywne konto"),
    "en": ("What the newsroom lacks", "Only one person in the group “Zespół” has an active account"),
}


@pytest.mark.parametrize("language", WORDS)
def test_the_administrator_reads_who_is_missing_and_goes_there(well_staffed, client_as, admin, language):
    group = Group.objects.get(role__key="coordinator")
    Group.objects.filter(pk=group.pk).update(name="Zespół")
    well_staffed["coordinator"][0].groups.clear()
    admin.preferred_language = language
    page = dashboard(client_as(admin))
    for words in WORDS[language]:
        assert words in page
    link = re.search(r'href="([^"]*\?group=\d+)"', page)[1]
    people = client_as(admin).get(link).content.decode()
    assert "coordinator2" in people
    assert "translator1" not in people


@pytest.mark.parametrize("language", WORDS)
def test_the_check_says_it_with_an_address(well_staffed, language):
    group = Group.objects.get(role__key="coordinator")
    Group.objects.filter(pk=group.pk).update(name="Zespół")
    well_staffed["coordinator"][0].groups.clear()
    with override(language):
        (warning,) = warnings()
    assert WORDS[language][1] in warning.msg.replace(NBSP, " ")
    assert warning.hint.endswith(f"/admin/users/?group={group.pk}")


def test_nobody_else_is_bothered(db, client_as, koordynatorka):
    assert "?group=" not in dashboard(client_as(koordynatorka))


def test_an_ordinary_start_asks_the_database_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert check_nothing_stops_the_newsroom(app_configs=None) == []


def test_it_costs_five_queries(well_staffed, django_assert_num_queries):
    """Groups with their people counted, the workflow, its steps, their groups, and the people of these."""
    with django_assert_num_queries(5):
        staffing.gaps()
