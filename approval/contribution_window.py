"""The unpublished part of a text's history, and who did what in it: what `contributors.py` fills."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from approval.models.restricted_draft import KeptTo

ContributionKinds = dict[str, datetime | None]
"""What somebody did → when they did it last, where that is known."""

ByContributor = dict[int, ContributionKinds]
"""User id → what they did."""


@dataclass
class Contributions(KeptTo):
    """Who did what to one unpublished text.

    `heirs`: who has it from somebody who left; they did nothing yet.
    `at_review`: the same for the language step, whose reviewers may correct the text and pass it on. So what was done
    while the text stood at that step, in this round or an earlier one, is left out.
    """

    all: ByContributor = field(default_factory=dict)
    at_review: ByContributor = field(default_factory=dict)
    heirs: set[int] = field(default_factory=set)


@dataclass
class ContributionWindow:
    """The unpublished part of one text's history: after `since`, up to `until`.

    `settled`: when the approved text of `since` was published; its submission lies before that.
    `reviews`: spans of time in which the text stood at the language step. `owners`: until when who had the page.
    """

    instance: Any
    until: datetime | None = None
    since: datetime | None = None
    settled: datetime | None = None
    reviews: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    owners: dict[datetime, int | None] = field(default_factory=dict)
    found: Contributions = field(default_factory=Contributions)

    def times(self, name: str) -> Q:
        """Rows whose moment `name` lies in the window."""
        found = Q()
        if self.since:
            found &= Q(**{f"{name}__gt": self.since})
        if self.until:
            found &= Q(**{f"{name}__lte": self.until})
        return found

    def add(self, user: int, kind: str, at: datetime | None) -> None:
        in_review = at and any(start < at and (end is None or at <= end) for start, end in self.reviews)
        for by_contributor in (self.found.all,) if in_review else (self.found.all, self.found.at_review):
            kinds = by_contributor.setdefault(user, {})
            kinds[kind] = max(filter(None, (at, kinds.get(kind))), default=None)
