"""Sending a text on: the note that goes with it, and where it goes."""

from contextlib import AbstractContextManager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from approval import locks
from approval.context_variables import holding
from approval.models.submission import SubmissionNote
from approval.refusals import RefusedError
from approval.text_cleaning import clean_words

LONGEST = 2000
"""Characters of a note."""

_note: ContextVar[str] = ContextVar("submission_note", default="")


def with_note(text: str) -> AbstractContextManager[None]:
    """What is sent inside carries `text`: Wagtail hands no words on from the one who sends to the step that begins."""
    return holding(_note, clean_words(text, LONGEST))


def note() -> str:
    """The words that go with the text that is being sent now; "" where there are none."""
    return _note.get()


@transaction.atomic
def send(instance: Any, user: Any) -> None:
    """Send the newest text of `instance` to its workflow, or on in the one that returned it."""
    state = instance.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        instance.get_workflow().start(instance, user)


def workflow_to_take_back(loaded: WorkflowState, user: Any) -> WorkflowState | None:
    """The workflow `loaded` as it is now, for `user` to cancel; None once somebody has decided.

    A text that was returned is its author's already: without its workflow it would lose the reason. Its text is locked
    already; it stays locked, too, until the transaction ends.
    """
    states = WorkflowState.objects.select_for_update(of=("self",))
    state = states.filter(pk=loaded.pk, status=WorkflowState.STATUS_IN_PROGRESS).first()
    return state if state and state.user_can_cancel(user) else None


def take_back(instance: Any, loaded: WorkflowState | None, user: Any) -> None:
    """Cancel the workflow `loaded` of `instance`.

    Raises RefusedError where somebody has decided meanwhile, or `user` may not take it back.
    """
    with transaction.atomic():
        locks.locked(instance)
        state = loaded and workflow_to_take_back(loaded, user)
        if not state:
            raise RefusedError(_("Not taken back: somebody has decided meanwhile, or it was taken back before."))
        state.cancel(user=user)


def keep_note(task_state: Any, user: Any) -> None:
    """Write them down with the step at which the text has arrived."""
    if text := note():
        SubmissionNote.objects.create(task_state=task_state, user=user, text=text)
