"""What one decision asks about its text, asked once: in its transaction, of the row that it holds."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.models import Page

from approval import contributors
from approval.contributors import Contributions
from approval.digest import digest_of
from approval.validation import Problem, Version


class Verdict:
    """The newest version of a text, and what decides about it; each part is asked for when it is first needed.

    `workflow_state` carries it as `verdict`, so that everything that Wagtail calls on the way to a publication finds
    the same answers. It is worth as much as the lock under which it was made: never keep one beyond its transaction.
    """

    def __init__(self, workflow_state: Any, text: Any) -> None:
        """`text`: the page or snippet of the workflow, as its own type; locked, unless it is only shown."""
        workflow_state.verdict = self
        self.instance = text
        base = text
        if isinstance(text, Page) and type(text) is not Page:
            base = text.page_ptr
            base.specific = text
        _point(workflow_state, base)
        if (revision := text.get_latest_revision()) is not None:
            _point(revision, text)
            text.latest_revision = base.latest_revision = revision
        self.revision = revision

    @cached_property
    def text(self) -> Any:
        """The version as a page or snippet; whoever asks its revision for it gets this very object.

        Wagtail makes a new one wherever it needs it. This way what was checked is what is published.
        """
        text = self.revision.as_object()
        self.revision.as_object = lambda: text
        return text

    @cached_property
    def digest(self) -> str:
        return digest_of(self.text)

    @cached_property
    def version(self) -> Version:
        return Version(self.revision, self.text)

    @cached_property
    def obstacles(self) -> list[Problem]:
        """What prevents the publication of the version by now."""
        found = self.version.obstacles()
        self.text.is_checked = not found
        return found

    @cached_property
    def contributions(self) -> Contributions:
        return contributors.contributions(self.instance)


def of(workflow_state: Any) -> Verdict:
    """The verdict that the decision under way has made; a new one for whoever comes another way."""
    if not hasattr(workflow_state, "verdict"):
        instance = workflow_state.content_object
        Verdict(workflow_state, getattr(instance, "specific", instance))
    return workflow_state.verdict


def _point(row: Any, text: Any) -> None:
    """Let the generic relation of `row` lead to `text` itself, without changing the number that it keeps."""
    number = row.object_id
    row.content_object = text
    row.object_id = number
