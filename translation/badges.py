"""Beside a page in a listing and over its editor: where its translation stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from approval import dates
from approval.request_cache import asked_once
from translation import freshness, progress
from translation.freshness import Standing, State
from translation.progress import Progress


@dataclass(frozen=True)
class Badge:
    """`short`: for the header of the editor, where the title needs its room."""

    words: str
    short: str
    is_alarm: bool = False


@dataclass
class BadgeCache:
    """Where translations stand, by the number of their original and by their own; `asked`: of which pages."""

    of_originals: dict[int, dict[str, Standing]] = field(default_factory=dict)
    of_translations: dict[int, Standing] = field(default_factory=dict)
    progress: dict[int | None, Progress] = field(default_factory=dict)
    """By the number of the translation."""
    asked: set[int] = field(default_factory=set)

    def learn(self, pages: list[Page]) -> None:
        """One query for each language, and those of `progress.counted` for the drafts among them."""
        self.asked.update(page.pk for page in pages)
        originals = freshness.originals().filter(translation_key__in={page.translation_key for page in pages})
        for locale in freshness.other_locales():
            standings = freshness.standings(originals, locale)
            done = progress.counted(standings)
            for standing in standings:
                if standing.original in done:
                    self.progress[standing.translation] = done[standing.original]
                self.of_originals.setdefault(standing.original, {})[locale.language_code] = standing
                if standing.translation:
                    self.of_translations[standing.translation] = standing


def badges_of(request: Any, page: Page, shown: Iterable[Any] = ()) -> list[Badge]:
    """What is worth saying: a translation that is live and current needs no words.

    `shown`: the rows on the same screen; all pages among them are asked for together, once for a request.
    """
    if not page.pk or page.depth < 2:
        return []
    here = asked_once(request, "translation_badges", BadgeCache)
    if page.pk not in here.asked:
        here.learn([page, *(row for row in shown if isinstance(row, Page))])
    own = here.of_translations.get(page.pk)
    if own is not None:
        if own.state == State.DRAFT and (done := _unfinished(here, own)):
            return [Badge(done, done)]
        if own.state != State.OUTDATED:
            return []
        words = _("out of date")
        since = _("out of date since %(day)s") % {"day": dates.day(own.since)} if own.since else words
        return [Badge(since, words, is_alarm=True)]
    return [
        Badge(words := f"{code.upper()}: {_short(here, standing)}", words, standing.state == State.OUTDATED)
        for code, standing in here.of_originals.get(page.pk, {}).items()
        if standing.state != State.CURRENT or standing.under_way or standing.draft
    ]


def _unfinished(here: BadgeCache, standing: Standing) -> str:
    """How far a draft is; "" for one that is ready, or that waits for somebody."""
    done = here.progress.get(standing.translation)
    return "" if done is None or done.is_complete else str(done)


def _short(here: BadgeCache, standing: Standing) -> str:
    if standing.state == State.OUTDATED:
        return _("out of date")
    if standing.state == State.CURRENT:
        if standing.under_way:
            return _("new version in review")
        if standing.waits:
            return _("new version approved, waits to go live")
        return _unfinished(here, standing) or _("new draft")
    if standing.state == State.DRAFT and (done := _unfinished(here, standing)):
        return done
    return str(standing.state.label)
