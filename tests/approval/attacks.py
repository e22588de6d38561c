"""The buttons of the workflow, pressed as each screen presses them."""

from tests.workflow import edit_url, form_of, fresh, task_url


def state_of(page):
    return fresh(page).current_workflow_task_state


def press(client, page, action="approve", state=None, **data):
    """Press a button of the workflow, as the explorer and the approval page do."""
    return client.post(task_url(page, action, (state or state_of(page)).pk), data)


def press_in_editor(client, page, action="approve", **changes):
    """Press it in the editor's footer: the form goes with it."""
    form = form_of(page, **{"action-workflow-action": "1", "workflow-action-name": action, **changes})
    return client.post(edit_url(page), form)
