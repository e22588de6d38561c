"""From the author through two pairs of eyes to the reader, by the forms of the admin."""

import pytest
from wagtail.models import TaskState
from wagtail.test.utils.form_data import streamfield

from approval.roles import AUTHORS, COORDINATORS, LANGUAGE_EDITORS
from tests import factories, forms
from tests.reading import source
from tests.workflow import submit, take_step

pytestmark = pytest.mark.django_db

APPROVE = {"action-workflow-action": "true", "workflow-action-name": "approve"}
EMPTY = {
    "body": streamfield([("quote", {"text": "Zaczęło się od ławki.", "author": "", "role": ""})]),
    "notes": streamfield([]),
    "body-0-id": "8f4e0c9e-27a9-4c55-9d2c-6a1f4f7c1b10",  # the same block in each form
    "programme-count": "0",
}
every_type = pytest.mark.parametrize(
    "make",
    [
        factories.news,
        factories.event,
        factories.chapter,
        factories.member,
        factories.standard_page,
        factories.declaration,
    ],
    ids=lambda make: make.__name__,
)


@pytest.fixture
def people():
    return {role: factories.person(role) for role in (AUTHORS, LANGUAGE_EDITORS, COORDINATORS)}


def act(client, person, page, *buttons, **changes):
    """`person` opens the page in the editor and presses one button, or one after the other on the same screen."""
    client.force_login(person)
    form = forms.filled(client, forms.edit_address(page), EMPTY | changes)
    for button in buttons:
        client.post(forms.edit_address(page), dict(form.lists()) | button)
    client.logout()
    page.refresh_from_db()


@every_type
def test_two_approvals_without_a_change_publish_the_page(client, people, make):
    """What the form sends of a text that nobody touched is the same text, for each type."""
    page = make(live=False, owner=people[AUTHORS])
    act(client, people[AUTHORS], page, forms.SUBMIT)
    version = page.latest_revision_id
    act(client, people[LANGUAGE_EDITORS], page, APPROVE)
    assert (page.live, page.latest_revision_id) == (False, version), "whoever only approves has written nothing"
    assert client.get(page.url).status_code == 404
    take_step(page, people[COORDINATORS])
    page.refresh_from_db()
    assert page.live
    assert page.title in source(client.get(page.url))


def test_who_may_not_approve_finds_no_way_to(client, people):
    page = factories.news(live=False, owner=people[AUTHORS])
    submit(page, people[AUTHORS])
    act(client, people[AUTHORS], page, APPROVE, forms.PUBLISH)
    assert not page.live
    assert page.current_workflow_task.name == page.get_workflow().tasks[0].name


def test_a_page_can_be_sent_back_with_a_word(client, people):
    page = factories.news(live=False, owner=people[AUTHORS])
    act(client, people[AUTHORS], page, forms.SUBMIT)
    reject = {**APPROVE, "workflow-action-name": "reject", "workflow-action-extra-data": '{"comment": "Za długie."}'}
    act(client, people[LANGUAGE_EDITORS], page, reject)
    assert page.current_workflow_state.status == "needs_changes"
    assert TaskState.objects.get(status="rejected").comment == "Za długie."


def test_nobody_signs_up_for_an_event_that_says_nothing_about_it(client, people):
    """The editor sends an empty paragraph for a text that nobody wrote."""
    page = factories.event(live=False, owner=people[AUTHORS])
    act(client, people[AUTHORS], page, {}, title="Debata", registration=forms.words(""))
    factories.publish(page)
    page.refresh_from_db()
    assert page.registration == ""
    assert 'id="registration"' not in source(client.get(page.url))
