"""Which of the texts that go live together aren't approved yet, who has them now, and what is left to do.

Asked when the letter is written: by then somebody may have gone on.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from approval import people, policy, release_standing, roles
from approval.models import Release
from approval.release_standing import TextStanding
from approval.views.subjects import may_edit
from notifications.links import absolute, decision_url, edit_url
from translation.drafts import PERMISSION
from translation.views.begin import begin_address


@dataclass(frozen=True)
class MissingText:
    """`words`: where it is, who has it, what is left to do. `url`: "" where the receiver can't go there."""

    title: str
    language: str
    words: str
    url: str = ""


@dataclass(frozen=True)
class _Next:
    """What is next for one text: whose it is, what they do and where; `is_open_to`: numbers of those who may go there
    besides whoever may edit the text."""

    who: str
    what: str
    url: str
    is_open_to: tuple[int, ...] = ()


def is_anything_missing(facts: dict[str, Any]) -> bool:
    """Whether the letter is still true; yes where its facts name no release."""
    if "release" not in facts:
        return True
    return bool(_missing(facts))


def of(facts: dict[str, Any], user: Any) -> list[MissingText]:
    """The texts that aren't approved, for `user`; "release" in `facts` says of which release."""
    return [_for(text, user) for text in _missing(facts)]


def _missing(facts: dict[str, Any]) -> list[TextStanding]:
    release = Release.objects.open().filter(pk=facts.get("release")).first()
    return [text for text in release_standing.of(release).texts if not text.is_ready] if release else []


def _for(text: TextStanding, user: Any) -> MissingText:
    if text.page is None:
        found = _to_begin(text)
        may_go = bool(user and user.has_perm(PERMISSION))
    else:
        page = text.page.specific
        found = _next(page)
        may_go = bool(user and (user.pk in found.is_open_to or may_edit(page, user)))
    words = " ".join((text.words, _("It is with: %(names)s.") % {"names": found.who}, found.what))
    return MissingText(text.title, text.language, words, found.url if may_go else "")


def _to_begin(text: TextStanding) -> _Next:
    url = absolute(begin_address(text.original.pk, text.locale)) if text.original else ""
    return _Next(str(roles.TRANSLATORS.label), _("It has to be translated, sent, read and approved."), url)


def _next(page: Any) -> _Next:
    state = page.current_workflow_state
    step = state and state.current_task_state
    if step is None:
        writers = people.first_here(page.latest_revision and page.latest_revision.user, page.owner)
        return _Next(_names(writers), _("It has to be sent, read and approved."), edit_url(page))
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        writers = people.first_here(state.requested_by, page.owner)
        return _Next(_names(writers), _("It has to be corrected, sent again and approved."), edit_url(page))
    deciders = people.deciders(step)
    what = _("It has to be read and approved.") if policy.is_review(step.task.specific) else _("It has to be approved.")
    return _Next(_names(deciders), what, decision_url(step), tuple(user.pk for user in deciders))


def _names(users: list[Any]) -> str:
    return ", ".join(user.name for user in users) or _("nobody")
