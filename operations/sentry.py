"""Errors to a Sentry server (`SENTRY_DSN`, requirements/sentry.txt): places and kinds, nothing about people."""

from typing import Any

import sentry_sdk

from operations.personal_data import without_personal_data
from operations.request_context import request_id, task_id

KEPT_OF_REQUEST = ("method", "url")
LEFT_OUT = ("user", "breadcrumbs", "extra", "modules", "server_name")


def start(dsn: str, **options: Any) -> None:
    """Report errors from now on; no figures, no sessions, no SQL. `options`: others of `sentry_sdk.init`, for tests."""
    sentry_sdk.init(
        dsn=dsn,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        traces_sample_rate=None,
        before_send=scrubbed,
        **options,
    )


def scrubbed(event: Any, hint: Any) -> Any:
    """The event with the words of people left out, wherever they may stand."""
    for name in LEFT_OUT:
        event.pop(name, None)
    if "request" in event:
        event["request"] = {name: event["request"][name] for name in KEPT_OF_REQUEST if name in event["request"]}
    event["tags"] = {name: value for name, value in _numbers().items() if value}
    return _cleaned(event)


def _numbers() -> dict[str, str]:
    return {"request_id": request_id.get(), "task_id": task_id.get()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return without_personal_data(value)
    if isinstance(value, dict):
        return {name: _cleaned(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner) for inner in value]
    return value
