"""Wagtail's date fields keep what was typed: their script would put today in the place of what it can't read.

So a date typed in another way is read by the server, or refused beside the field, and never silently another one.
"""

from typing import Any

from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput


def keep_what_is_typed() -> None:
    """Called once, when the app is ready. Goes when Wagtail lets a project set the options of its calendar."""
    for widget in (AdminDateInput, AdminDateTimeInput):
        widget.get_config = _patient(widget.get_config)


def _patient(get_config: Any) -> Any:
    def get_patient_config(widget: Any) -> dict[str, Any]:
        return {**get_config(widget), "validateOnBlur": False}

    return get_patient_config
