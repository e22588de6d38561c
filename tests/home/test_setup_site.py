"""`setup_site`: everything an installation needs, on an empty database and on one that drifted."""

import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import override_settings
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Revision,
    Site,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from approval import publish_guard
from approval.models import FourEyesTask, RoleGroup
from approval.roles import AUTHORS, COORDINATORS, LANGUAGE_EDITORS, PUBLICATION, ROLES, Role
from home.models import HomePage, SiteSettings, StandardPage
from home.models.site_settings import DISCLAIMERS
from home.sections import section_models, setup_page_models
from tests import factories

pytestmark = pytest.mark.django_db


def set_up() -> str:
    """Runs the command; what it said."""
    said = io.StringIO()
    call_command("setup_site", stdout=said)
    return said.getvalue()


def group_of(role: Role) -> Group:
    return Group.objects.get(role__key=role.key)


def state() -> dict[str, object]:
    """All that the command looks after, in a form that can be compared."""
    return {
        "pages": list(Page.objects.order_by("path").values_list("pk", "path", "url_path", "live", "title")),
        "locales": list(Locale.objects.order_by("pk").values_list("pk", "language_code")),
        "settings": list(SiteSettings.objects.order_by("pk").values_list("pk", "name", "live", "disclaimer")),
        "sites": list(Site.objects.values_list("hostname", "port", "root_page_id")),
        "groups": {
            group.name: sorted(group.permissions.values_list("content_type__app_label", "codename"))
            for group in Group.objects.all()
        },
        "on pages": sorted(GroupPagePermission.objects.values_list("group__name", "page_id", "permission__codename")),
        "on files": sorted(GroupCollectionPermission.objects.values_list("group__name", "permission__codename")),
        "tasks": sorted(WorkflowTask.objects.values_list("workflow__name", "sort_order", "task__name")),
        "groups of tasks": sorted(FourEyesTask.objects.values_list("name", "active", "step", "groups__name")),
        "workflows": sorted(WorkflowPage.objects.values_list("page_id", "workflow__name")),
        "revisions": Revision.objects.count(),
    }


def empty_the_database() -> None:
    """As Wagtail's own migrations leave it: a root, a welcome page, one language, its own groups."""
    with publish_guard.trusted_command("tests"):
        Page.objects.filter(depth=2).delete()
    root = Page.get_first_root_node()
    root.numchild = 0
    welcome = root.add_child(instance=Page(title="Welcome", slug="home", locale=Locale.get_default()))
    Site.objects.update(root_page=welcome, hostname="localhost", port=80)
    with publish_guard.trusted_command("tests"):
        SiteSettings.objects.all().delete()
    Locale.objects.exclude(language_code="pl").delete()
    Group.objects.all().delete()
    Group.objects.create(name="Editors")
    Workflow.objects.all().delete()
    Task.objects.all().delete()


def test_on_an_empty_database_it_makes_everything_and_the_site_answers(client):
    empty_the_database()
    said = set_up()
    assert "Home page in pl: created." in said
    assert [page.url for page in HomePage.objects.order_by("path")] == ["/", "/en/"]
    assert {group.name for group in Group.objects.all()} == {role.name for role in ROLES}
    assert Page.objects.filter(depth=2).count() == 2
    assert Page.objects.filter(depth=3, live=True).count() == 8
    for language, words in DISCLAIMERS.items():
        assert SiteSettings.for_language(language).disclaimer == words
    assert client.get("/").status_code == 200
    assert client.get("/en/").status_code == 200


def test_a_second_run_changes_nothing():
    before = state()
    assert set_up().strip() == "The site is set up."
    assert state() == before


def test_a_deleted_section_comes_back_under_its_translation_key():
    english = factories.section("news", "en")
    factories.remove(factories.section("news"))
    said = set_up()
    assert factories.section("news").translation_key == english.translation_key
    assert factories.section("news").live
    assert "created" in said


@pytest.mark.parametrize("live", [True, False])
@pytest.mark.parametrize("planted", [section_models, setup_page_models])
def test_a_page_whose_address_somebody_has_taken_gets_the_next_one(planted, live):
    polish = {"locale": Locale.get_default()}
    taken = {}
    for page in [model.objects.get(**polish) for model in planted()]:
        parent = page.get_parent()
        factories.remove(page)
        page_there = StandardPage(title="Zajęte", slug=page.slug, **polish)
        taken[type(page)] = factories.grow(page_there, Page.objects.get(pk=parent.pk), live)
    said = set_up()
    for model, other in taken.items():
        page = model.objects.get(**polish)
        assert (page.slug, page.live) == (f"{other.slug}-2", True)
        assert f"{page.url_path}: created. Another page has the address “{other.slug}”." in said
        assert Page.objects.get(pk=other.pk).slug == other.slug


def test_what_people_edited_stays():
    section = factories.section("news")
    section.title = "Co słychać"
    factories.publish(section)
    settings = SiteSettings.for_language("pl")
    settings.name = "Sąsiedzi"
    factories.publish(settings)
    set_up()
    assert factories.section("news").title == "Co słychać"
    assert SiteSettings.for_language("pl").name == "Sąsiedzi"


def test_permissions_that_an_administrator_took_stay_taken_and_are_named():
    GroupPagePermission.objects.filter(group=group_of(COORDINATORS), permission__codename="lock_page").delete()
    GroupCollectionPermission.objects.filter(group=group_of(COORDINATORS)).delete()
    group_of(AUTHORS).permissions.clear()
    before = state()
    said = set_up()
    assert state() == before
    home = factories.home().pk
    for name in (f"lock_page on page {home}", "change_image on all files", "wagtailadmin.access_admin"):
        assert name in said
    assert "unlock_page" not in said


def test_a_permission_that_a_new_version_brings_is_given_once():
    group, role = group_of(COORDINATORS), RoleGroup.objects.get(key=COORDINATORS.key)
    before = state()
    group.permissions.remove(group.permissions.get(codename="take_down"))
    role.given.remove("approval.take_down")
    role.save()
    assert "take_down" not in set_up()
    assert state() == before


def test_the_group_of_a_role_that_was_deleted_is_made_again_and_takes_its_steps():
    before = state()
    group_of(COORDINATORS).delete()
    assert "Role coordinator: no group had it, so the group “Koordynacja” was made." in set_up()
    assert state() == before
    for step in PUBLICATION.steps:
        assert FourEyesTask.objects.get(key=step.key).groups.filter(role__key=COORDINATORS.key).exists()


def test_a_group_that_happens_to_have_the_name_of_a_role_gets_no_rights():
    group_of(COORDINATORS).delete()
    namesake = Group.objects.create(name=COORDINATORS.name)
    assert "the group “Koordynacja 2” was made" in set_up()
    assert not namesake.permissions.exists()
    assert not namesake.page_permissions.exists()


def test_groups_called_as_those_of_wagtail_stay_where_a_site_is_set_up():
    Group.objects.create(name="Editors")
    set_up()
    assert "Editors" in state()["groups"]


def test_publish_given_by_hand_is_taken_away_and_said():
    group = Group.objects.create(name="Na szybko")
    publish = Permission.objects.get(content_type__app_label="wagtailcore", codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=factories.home(), permission=publish)
    assert "Group “Na szybko”: the right to publish was taken away" in set_up()
    assert not group.page_permissions.exists()


def test_permissions_that_people_added_stay():
    group = Group.objects.create(name="Stażystki")
    GroupPagePermission.objects.create(
        group=group, page=factories.home(), permission=GroupPagePermission.objects.first().permission
    )
    set_up()
    assert GroupPagePermission.objects.filter(group=group).exists()


def test_a_workflow_that_was_disabled_stays_so_until_it_is_enabled():
    workflow = Workflow.objects.get(workflow_key__key=PUBLICATION.key)
    workflow.deactivate()
    for task in Task.objects.all():
        task.specific.deactivate()
    said = set_up()
    assert "Workflow “Publikacja”: it is disabled" in said
    assert all(f"Step “{step.name}”: it is disabled" in said for step in PUBLICATION.steps)
    assert factories.section("news").get_workflow() is None
    Workflow.objects.update(active=True)
    Task.objects.update(active=True)
    for language in ("pl", "en"):
        assert factories.section("news", language).get_workflow() == workflow


def test_steps_stay_as_an_administrator_arranged_them():
    """The order, a step of theirs, one that was taken out, other groups at a step."""
    workflow = Workflow.objects.get(workflow_key__key=PUBLICATION.key)
    review, approval = (FourEyesTask.objects.get(key=step.key) for step in PUBLICATION.steps)
    other = FourEyesTask.objects.create(name="Prawniczka", step="review")
    other.groups.set([group_of(AUTHORS)])
    arrangements = (
        lambda: WorkflowTask.objects.filter(workflow=workflow, task=review).update(sort_order=7),
        lambda: WorkflowTask.objects.create(workflow=workflow, task=other, sort_order=8),
        lambda: WorkflowTask.objects.filter(workflow=workflow, task=review).delete(),
        lambda: approval.groups.set([group_of(LANGUAGE_EDITORS)]),
    )
    for arrange in arrangements:
        arrange()
        before = state()
        assert "stay as they are" in set_up()
        assert state() == before
    assert "step approval" in set_up()


def test_a_step_that_is_gone_is_made_again_with_its_groups():
    before = state()
    FourEyesTask.objects.get(key="review").delete()
    set_up()
    assert state() == before


def test_the_start_page_and_the_name_of_the_site_stay_as_they_were_chosen():
    Site.objects.update(site_name="Sąsiedzi", root_page=factories.home("en"))
    set_up()
    site = Site.objects.get()
    assert (site.site_name, site.root_page.specific) == ("Sąsiedzi", factories.home("en"))


def test_the_address_of_the_site_follows_its_setting():
    with override_settings(SITE_URL="https://koalicja.example"):
        assert "https://koalicja.example" in set_up()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("koalicja.example", 443)
