"""One line of the list of texts under way."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approval import people, roles
from approval.permissions import is_in_first_language
from approval.titles import shown_title
from approval.type_names import type_name_about
from approval.views.subjects import edit_address

Key = tuple[int, str]
"""A text: its base content type, and its number as text."""


class State(models.TextChoices):
    """What a text waits for, by urgency."""

    HELD_BACK = "held-back", gettext_lazy("approved, and can't go live")
    EMERGENCY = "emergency", gettext_lazy("to be confirmed")
    RETURNED = "returned", gettext_lazy("returned for corrections")
    CORRECTION = "correction", gettext_lazy("small correction to approve")
    REVIEW = "review", gettext_lazy("in language review")
    APPROVAL = "approval", gettext_lazy("to be approved")
    WAITING = "waiting", gettext_lazy("waits for its other language")
    SCHEDULED = "scheduled", gettext_lazy("approved for a time")
    DRAFT = "draft", gettext_lazy("draft")
    OUTDATED = "outdated", gettext_lazy("translation out of date")


@dataclass
class Line:
    """One text. `holders`: accounts that are to act; `free_for`: who may, where nobody has it; `verb`: what they do."""

    key: Key
    state: State
    since: datetime | None
    text: Any = None
    holders: list[Any] = field(default_factory=list)
    free_for: Any = ""
    needed_by: date | None = None
    goes_live: datetime | None = None
    edit_url: str = ""
    url: str = ""
    verb: str = ""
    is_own: bool = False
    pair: str = ""

    @property
    def title(self) -> str:
        return shown_title(self.text)

    @property
    def kind(self) -> str:
        return type_name_about(self.text)

    @property
    def language(self) -> str:
        return self.text.locale.language_code.upper() if getattr(self.text, "locale_id", None) else ""

    @property
    def who(self) -> str:
        return ", ".join(user.name for user in self.holders) or str(self.free_for)

    @property
    def is_overdue(self) -> bool:
        return self.needed_by is not None and self.needed_by < timezone.localdate()


LEFT_BEHIND = (State.DRAFT, State.HELD_BACK, State.RETURNED)
"""Where a text is with its writers; if they have left, coordinators find somebody."""
VERBS = {State.DRAFT: gettext_lazy("Continue writing"), State.OUTDATED: gettext_lazy("Bring up to date")}


def complete(line: Line, text: Any) -> None:
    line.text, line.edit_url = text, edit_address(text)
    line.url = line.url or line.edit_url
    line.verb = line.verb or str(VERBS.get(line.state, _("Open")))
    owner = getattr(text, "owner", None)
    if line.state in (State.DRAFT, State.HELD_BACK):
        line.holders = people.first_here(text.latest_revision and text.latest_revision.user, owner)
    if line.state == State.RETURNED:
        line.holders = people.first_here(*line.holders, owner)
    if line.state == State.OUTDATED or (line.state == State.DRAFT and not is_in_first_language(text)):
        line.free_for = free_for(roles.TRANSLATORS)
    elif line.state == State.EMERGENCY or line.state in LEFT_BEHIND:
        line.free_for = free_for(roles.COORDINATORS)


def free_for(role: roles.Role) -> str:
    return _("free for: %(role)s") % {"role": role.label}
