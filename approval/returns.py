"""What was returned for corrections, and not sent again yet: by whom, when and why."""

from typing import Any

from wagtail.models import TaskState, WorkflowState


def of(instance: Any) -> TaskState | None:
    """The step that returned `instance`, with its `finished_by`, `finished_at` and `comment`.

    None unless the text waits for its author: as soon as it is sent again, the return is over.
    """
    state = instance.current_workflow_state
    return state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None


def next_step_if_unchanged(instance: Any) -> Any:
    """The task to which a returned text goes straight back if it is sent as it is; None if it begins anew anyway.

    A step that said yes to this very version isn't asked again.
    """
    returned = of(instance)
    if returned is None or returned.revision_id != instance.latest_revision_id:
        return None
    first = returned.workflow_state.workflow.tasks.filter(active=True).first()
    following = returned.workflow_state.get_next_task()
    return following if following is not None and following != first else None
