"""Beside a page in a listing and over its editor: where its translation stands."""

from dataclasses import dataclass
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


@dataclass(frozen=True)
class BadgeCache:
    """Where every translation of the site stands, by the number of its original and by its own."""

    of_originals: dict[int, list[tuple[str, Standing]]]
    of_translations: dict[int, Standing]
    progress: dict[int | None, Progress]
    """By the number of the translation."""


def board(request: Any) -> BadgeCache:
    """Asked once for a request (or None), however many rows a listing has: one query for each language."""
    return asked_once(request, "translation_board", _board)


def _board() -> BadgeCache:
    found = BadgeCache({}, {}, {})
    for locale in freshness.other_locales():
        standings = freshness.standings(freshness.originals(), locale)
        done = progress.counted(standings)
        for standing in standings:
            if standing.original in done:
                found.progress[standing.translation] = done[standing.original]
            found.of_originals.setdefault(standing.original, []).append((locale.language_code, standing))
            if standing.translation:
                found.of_translations[standing.translation] = standing
    return found


def badges_of(request: Any, page: Page) -> list[Badge]:
    """What is worth saying: a translation that is live and current needs no words."""
    if not page.pk or page.depth < 2:
        return []
    here = board(request)
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
        for code, standing in here.of_originals.get(page.pk, [])
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
        return _unfinished(here, standing) or _("new draft")
    if standing.state == State.DRAFT and (done := _unfinished(here, standing)):
        return done
    return str(standing.state.label)
