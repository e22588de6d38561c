"""WAGTAIL_FINISH_WORKFLOW_ACTION. Wagtail imports this module while its models load, so nothing else stands here."""

from typing import Any


def finish(workflow_state: Any, user: Any = None) -> None:
    from approval.publication import publish_approved  # noqa: PLC0415 (models are loaded by now, not before)

    publish_approved(workflow_state, user)
