"""System checks: what would keep readers from the newest pages."""

from typing import Any

from django.core import checks

from home import cache


@checks.register("pages")
def check_ready_answers_are_ours(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A command that another user runs can't tell the web processes of a change, or leaves files in their way."""
    if cache.store is None or cache.store.is_ours():
        return []
    return [
        checks.Warning(
            f"The ready answers in {cache.store.root} belong to another user than the one who runs this.",
            hint="Run manage.py, the worker and cron as the user of the web processes: what they change, visitors read "
            "some seconds late otherwise.",
            id="home.W001",
        )
    ]
