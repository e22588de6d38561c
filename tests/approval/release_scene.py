"""A Polish text and its English one, that are to go live at one moment."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wagtail.models import Locale

from approval import releases
from approval.models import Release
from home.models import User
from tests.workflow import draft_of, fresh, submit, take_step


@dataclass
class Pair:
    """Both texts, their release, and who wrote and decides."""

    polish: Any
    english: Any
    release: Release
    author: User
    translator: User
    reviewer: User
    approver: User

    def approve(self, page: Any) -> Any:
        """All steps of `page` by its own people."""
        submit(page, self.author if page == self.polish else self.translator)
        take_step(page, self.reviewer)
        take_step(page, self.approver)
        return fresh(page)

    def fresh(self) -> "Pair":
        """As the database has it: for tests whose scene is built once for several."""
        return replace(self, **{name: fresh(getattr(self, name)) for name in ("polish", "english", "release")})

    @property
    def public(self) -> tuple[bool, bool]:
        return fresh(self.polish).live, fresh(self.english).live


def two_drafts(author: User, translator: User, title: str = "Pair") -> tuple[Any, Any]:
    polish = draft_of(author, title)
    english = draft_of(translator, f"{title} in English", language="en", translation_key=polish.translation_key)
    return polish, english


def together(polish: Any, user: User, at: datetime | None = None, rule: str = Release.Rule.WAIT) -> Release:
    return releases.create([polish], [Locale.objects.get(language_code="en")], user, at, rule)
