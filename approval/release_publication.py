"""Texts that go live together: a version waits, and then all of them are public with one commit.

Whoever comes here holds the locks of `locked_release`. A process that ends in the middle has changed nothing; whoever
comes next (a decision, `publish_scheduled`) finds all of it still to be done.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Revision

from approval import publish_guard, schedule, times
from approval.digest import digest_of
from approval.locks import locked_release
from approval.models import Act, LedgerEntry, Release, ReleaseItem
from approval.models.gated import record
from approval.models.release import open_release_number
from approval.models.restricted_draft import RestrictedDraft
from approval.reader import whole
from approval.validation import Problem, Version

published_together = Signal()
"""Sent with `release` and `pages` in the transaction that publishes them, when all else is done."""

not_ready = Signal()
"""Sent with `release` at each run of the scheduler while its time has come and one of its texts isn't ready."""


def open_release_id(page: Any) -> int | None:
    """The number of the open release of `page`, which a locked row knows; None for snippets."""
    if hasattr(page, "open_release"):
        return page.open_release
    return open_release_number(page)


def hold(number: int, page: Any, revision: Revision, digest: str, named: list[Any], user: Any) -> Release | None:
    """Let `revision`, just approved, wait for the others of release `number`; if it was the last one, all go live.

    Returns the release; None where it is over by now.
    """
    release = locked_release(number)
    items = release.open_items if release else []
    item = next((item for item in items if item.page_id == page.pk), None)
    if release is None or item is None:
        return None
    item.approval = record(
        Act.HELD, page, revision, digest, named=named, user=user, due=release.publish_at, release_number=release.pk
    )
    item.save(update_fields=["approval"])
    publish_ready(release, user)
    return release


@transaction.atomic
def publish_due(number: int) -> list[Problem]:
    """What the scheduler does with a release whose time has come; returns what holds it back."""
    release = locked_release(number)
    if release is None or not release.is_due:
        return []  # somebody was faster, or moved it
    found = publish_ready(release)
    if release.publish_at and release.is_open and not found:
        not_ready.send(sender=Release, release=release)
    return found


class WaitingVersion:
    """The approved version of one item."""

    def __init__(self, item: Any) -> None:
        """`item`: one that is approved, with its page as it is locked."""
        self.item, self.page = item, item.page
        versions = Revision.objects.for_instance(self.page).select_for_update()
        self.revision = versions.filter(pk=item.approval.revision_number).first()

    @cached_property
    def text(self) -> Any:
        """The version as a page. The moment of the release stands for a time of its own."""
        text = self.revision.as_object()
        text.go_live_at = None
        self.revision.as_object = lambda: text
        return text

    def problems(self, goes_along: set[int]) -> list[Problem]:
        """What prevents its publication. `goes_along`: the pages that would be public with it."""
        if self.revision is None or self._newest_word() != self.item.approval:
            return [Problem("approval", _("Its approval can't be found."), True)]
        version = Version(self.revision, self.text)
        if self.item.approval.digest != digest_of(self.text):
            # What it refers to was deleted since: what is left of it says something else than what was approved.
            return version.holes() or [Problem("approval", _("It is no longer what was approved."), True)]
        found = version.obstacles()
        above = self.text.get_parent()
        if not above.live and above.pk not in goes_along:
            words = _("The page above it is not public: “%(title)s”.") % {"title": above.title}
            found.append(Problem("above", words, True))
        self.text.is_checked = not found
        return found

    def _newest_word(self) -> LedgerEntry | None:
        return LedgerEntry.objects.last_on_its_time(self.page)

    def publish(self, number: int | None, user: Any) -> None:
        """`number`: of the release, where all of it goes live now."""
        approval = self.item.approval
        self._forget_its_own_time()
        with publish_guard.allow(self.page, approval.digest):
            self.revision.publish(
                user=user, skip_permission_checks=True, log_action=bool(user) or "wagtail.publish.scheduled"
            )
        record(
            Act.PUBLISHED,
            self.page,
            self.revision,
            approval.digest,
            shows=self.text,
            named=approval.named,
            answered=approval,
            release_number=number,
        )
        self.item.is_open = False
        self.item.save(update_fields=["is_open"])

    def _forget_its_own_time(self) -> None:
        """It went live at another: neither what is written next nor putting it back waits for that time any more."""
        its_own = self.revision.content.get("go_live_at")
        newest = self.page.get_latest_revision() if its_own else None
        for revision in filter(None, (self.revision, newest)):
            if its_own and revision.content.get("go_live_at") == its_own:
                times.put(revision, {"go_live_at": None})


@dataclass
class Chosen:
    """What of a release can go live now, and what can't although it is approved."""

    versions: list[WaitingVersion]
    held_back: list[tuple[WaitingVersion, list[Problem]]]


@whole
def publish_ready(release: Release | None, user: Any = None) -> list[Problem]:
    """Publish what may go live by now: all of it, or what the rule says; returns what holds it back."""
    if release is None or not release.is_due:
        return []
    waits_for_all = release.publish_at is None or release.rule == Release.Rule.WAIT
    approved = [item for item in release.open_items if item.approval]
    if not approved or (waits_for_all and len(approved) < len(release.open_items)):
        return []
    chosen = _in_order([WaitingVersion(item) for item in approved])
    problems = [problem for _version, found in chosen.held_back for problem in found]
    if waits_for_all and problems:
        _hold_back(release, approved, chosen)
        return problems
    if not waits_for_all:
        chosen.versions = [version for version in chosen.versions if _original_is_there(version, chosen.versions)]
        _hold_back(release, [version.item for version, _found in chosen.held_back], chosen)
    is_whole = len(chosen.versions) == release.items.count()
    for version in chosen.versions:
        version.publish(release.pk if is_whole else None, user)
    if not chosen.versions:
        return problems
    _let_go_of_places(release, {version.page.pk for version in chosen.versions})
    release.open_items = [item for item in release.open_items if item.is_open]
    if not release.open_items:
        release.published_at = timezone.now()
        release.save(update_fields=["published_at"])
    published_together.send(sender=Release, release=release, pages=[version.page for version in chosen.versions])
    return problems


def _let_go_of_places(release: Release, public: set[int]) -> None:
    """Where the original went alone, a translation that nobody has begun follows by itself."""
    for item in release.open_items:
        if item.page_id is None and item.translation_of_id in public:
            item.is_open = False
            item.save(update_fields=["is_open"])


def _in_order(versions: list[WaitingVersion]) -> Chosen:
    goes_along = {version.page.pk for version in versions}
    found = [(version, version.problems(goes_along)) for version in versions]
    return Chosen(
        [version for version, problems in found if not problems],
        [(version, problems) for version, problems in found if problems],
    )


def _original_is_there(version: WaitingVersion, others: list[WaitingVersion]) -> bool:
    """Whether the original of a translation is public, or will be with it."""
    default = Locale.get_default().pk
    if version.page.locale_id == default:
        return True
    key = version.page.translation_key
    goes_along = any(one.page.translation_key == key and one.page.locale_id == default for one in others)
    waits = ReleaseItem.objects.filter(page__translation_key=key, page__locale=default, is_open=True)
    originals = Page.objects.filter(translation_key=key, locale=default, live=True)
    return goes_along or (originals.exists() and not waits.exists())


def _name(page: Page) -> str:
    """What all who read of one of the texts may know of another."""
    if RestrictedDraft.objects.of(page).exists():
        return _("(a text that was kept to named people)")
    return f"“{page.get_admin_display_title()}”"


def _hold_back(release: Release, items: list[Any], chosen: Chosen) -> None:
    """Tell once of each reason, in the history of every text that waits because of it."""
    problems = [
        Problem(problem.check, f"{_name(version.page)}: {problem.words}", True)
        for version, found in chosen.held_back
        for problem in found
    ]
    for item in items:
        revision = item.approval.get_revision()
        if revision is not None:
            schedule.hold_back(item.page, revision, problems)
