"""`setup_site`: everything an installation needs, on an empty database and on one that drifted."""

import io

import pytest
from django.contrib.auth.models import Group
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

from editorial import gate
from editorial.roles import AUTHORS, COORDINATORS, PUBLICATION, ROLES
from home.models import HomePage, SiteSettings
from home.models.site_settings import DISCLAIMERS
from tests import factories

pytestmark = pytest.mark.django_db
THREE_LANGUAGES = [("pl", "Polish"), ("en", "English"), ("uk", "Ukrainian")]


def set_up() -> str:
    """Runs the command; what it said."""
    said = io.StringIO()
    call_command("setup_site", stdout=said)
    return said.getvalue()


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
        "workflows": sorted(WorkflowPage.objects.values_list("page_id", "workflow__name")),
        "revisions": Revision.objects.count(),
    }


def empty_the_database() -> None:
    """As Wagtail's own migrations leave it: a root, a welcome page, one language, its own groups."""
    with gate.planting("tests"):
        Page.objects.filter(depth=2).delete()
    root = Page.get_first_root_node()
    root.numchild = 0
    welcome = root.add_child(instance=Page(title="Welcome", slug="home", locale=Locale.get_default()))
    Site.objects.update(root_page=welcome, hostname="localhost", port=80)
    with gate.planting("tests"):
        SiteSettings.objects.all().delete()
    Locale.objects.exclude(language_code="pl").delete()
    Group.objects.all().delete()
    Group.objects.create(name="Editors")
    Workflow.objects.all().delete()
    Task.objects.all().delete()


def test_on_an_empty_database_it_makes_everything():
    empty_the_database()
    said = set_up()
    assert "Home page in pl: created." in said
    assert [page.url for page in HomePage.objects.order_by("path")] == ["/", "/en/"]
    assert {group.name for group in Group.objects.all()} == {role.name for role in ROLES}
    assert Page.objects.filter(depth=2).count() == 2
    assert Page.objects.filter(depth=3, live=True).count() == 8
    for language, words in DISCLAIMERS.items():
        assert SiteSettings.for_language(language).disclaimer == words


def test_the_site_answers_right_after_it(client):
    empty_the_database()
    set_up()
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


def test_a_removed_permission_comes_back():
    before = state()
    GroupPagePermission.objects.filter(group__name=COORDINATORS.name).delete()
    GroupCollectionPermission.objects.all().delete()
    Group.objects.get(name=AUTHORS.name).permissions.clear()
    set_up()
    assert state() == before


def test_a_deleted_role_comes_back():
    Group.objects.get(name=COORDINATORS.name).delete()
    set_up()
    step = PUBLICATION.steps[-1]
    task = Task.objects.get(name=step.name).specific
    assert [group.name for group in task.groups.all()] == [COORDINATORS.name]


def test_permissions_that_people_added_stay():
    group = Group.objects.create(name="Stażystki")
    GroupPagePermission.objects.create(
        group=group, page=factories.home(), permission=GroupPagePermission.objects.first().permission
    )
    set_up()
    assert GroupPagePermission.objects.filter(group=group).exists()


def test_a_disabled_workflow_works_again():
    workflow = Workflow.objects.get(name=PUBLICATION.name)
    workflow.deactivate()
    for task in Task.objects.all():
        task.specific.deactivate()
    set_up()
    assert Workflow.objects.get(name=PUBLICATION.name).active
    for language in ("pl", "en"):
        found = factories.section("news", language).get_workflow()
        assert found.name == PUBLICATION.name
        assert [task.name for task in found.tasks] == [step.name for step in PUBLICATION.steps]


def test_the_steps_of_the_workflow_are_put_back_in_order():
    WorkflowTask.objects.filter(task__name=PUBLICATION.steps[0].name).update(sort_order=7)
    set_up()
    tasks = WorkflowTask.objects.filter(workflow__name=PUBLICATION.name).order_by("sort_order")
    assert [row.task.name for row in tasks] == [step.name for step in PUBLICATION.steps]


def test_the_address_of_the_site_follows_its_setting():
    with override_settings(SITE_URL="https://koalicja.example"):
        assert "https://koalicja.example" in set_up()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("koalicja.example", 443)


def test_a_third_language_is_a_matter_of_one_setting(client):
    with override_settings(LANGUAGES=THREE_LANGUAGES, WAGTAIL_CONTENT_LANGUAGES=THREE_LANGUAGES):
        set_up()
        response = client.get("/uk/")
        assert response.status_code == 200
        assert '<html lang="uk">' in response.content.decode()
        assert len(factories.home("uk").sections) == 4
        assert factories.home("uk").get_workflow().name == PUBLICATION.name
        assert SiteSettings.for_language("uk").disclaimer == DISCLAIMERS["en"]
        assert client.get("/").status_code == 200
