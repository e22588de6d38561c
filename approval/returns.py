"""What was returned for corrections, and not sent again yet: by whom, when and why."""

from typing import Any

from wagtail.models import TaskState, WorkflowState


def of(instance: Any) -> TaskState | None:
    """The step that returned `instance`, with its `finished_by`, `finished_at` and `comment`.

    None unless the text waits for its author: as soon as it is sent again, the return is over.
    """
    states = WorkflowState.objects.for_instance(instance).filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    state = states.select_related("current_task_state__finished_by", "current_task_state__task").first()
    return state.current_task_state if state else None
