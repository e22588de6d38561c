"""What Wagtail's states of a page leave out: it has one word for what nobody has seen and for what was taken down."""

from typing import Any


def is_archived(page: Any) -> bool:
    """Whether that is all there is to say of `page`: one that is under review, or has its time, is on its way back."""
    was_public = not page.live and page.first_published_at is not None and page.alias_of_id is None
    return was_public and not page.approved_schedule and not page.workflow_in_progress
