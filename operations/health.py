"""Whether the site does what it should: for load balancers, for monitoring, and in words for administrators.

What no page can be shown without is vital; everything else is told, and takes no machine out of service.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from django.db import connection, connections
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operations import conditions

log = logging.getLogger(__name__)


class State(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    """Visitors read the site; something behind it needs a person."""
    FAILED = "failed"
    """Pages can't be shown."""


@dataclass(frozen=True)
class Check:
    """One question. `ask` returns sentences about what is wrong, [] where all is well; it raises where it can't tell.

    `lane`: checks of one lane wait for the same thing, and are asked one after the other.
    """

    name: str
    label: str | Promise
    ask: Callable[[], list[str]]
    lane: str = "database"
    is_vital: bool = False


CHECKS: Sequence[Check] = (
    Check("database", gettext_lazy("database"), conditions.database, is_vital=True),
    Check("migrations", gettext_lazy("version of the database"), conditions.migrations, is_vital=True),
    Check("mail", gettext_lazy("mails and approved times"), conditions.mail),
    Check("queue", gettext_lazy("queue of jobs"), conditions.queue),
    Check("processes", gettext_lazy("scheduler and worker"), conditions.processes),
    Check("backup", gettext_lazy("backup"), conditions.backup),
    Check("cache", gettext_lazy("cache"), conditions.cache_answers, lane="cache", is_vital=True),
    Check("storage", gettext_lazy("place of uploads"), conditions.storage, lane="storage"),
    Check("disks", gettext_lazy("room on the disks"), conditions.disks, lane="disks"),
)
PATIENCE = 4.0
"""Seconds after which a lane is left alone: a load balancer waits for an answer, not for the reason."""


@dataclass
class Result:
    state: State
    words: list[str] = field(default_factory=list)


def report(checks: Iterable[Check] = CHECKS, patience: float = PATIENCE) -> dict[str, Result]:
    """Name of each check → what it found, in the active language; after `patience` seconds at most."""
    lanes = [list(members) for _lane, members in groupby(checks, key=lambda check: check.lane)]
    found: dict[str, Result] = {}
    if connection.in_atomic_block:  # another connection would not see what this one has changed
        for lane in lanes:
            _ask_all(lane, found)
    else:
        questions = [_asked(lane) for lane in lanes]
        end = time.monotonic() + patience
        for question in questions:
            question.thread.join(max(end - time.monotonic(), 0))
            if not question.hangs(patience):
                found |= question.found
    return {check.name: found.get(check.name) or _without_answer(check) for lane in lanes for check in lane}


def overall(results: dict[str, Result]) -> State:
    states = {result.state for result in results.values()}
    return next(state for state in (State.FAILED, State.DEGRADED, State.OK) if state in states or state == State.OK)


def sentences() -> list[str]:
    """What is wrong, for the administrators' dashboard; [] where all is well."""
    return [words for result in report().values() for words in result.words]


_failing: set[str] = set()
"""Checks that could not tell when they were asked last."""


@dataclass
class _Question:
    """The checks of a lane, which a thread asks, and what it has found so far."""

    thread: threading.Thread
    found: dict[str, Result]
    since: float = field(default_factory=time.monotonic)

    def hangs(self, patience: float) -> bool:
        """Whether it has run so much longer than anybody waits that what it found at first may be wrong by now."""
        return self.thread.is_alive() and time.monotonic() - self.since > 1.5 * patience


_asking: dict[str, _Question] = {}
"""Lane → who asks."""
_one_at_a_time = threading.Lock()


def _asked(lane: list[Check]) -> _Question:
    """Whoever comes while somebody asks already waits for the same answer; one that hangs is asked by nobody else."""
    name, language, found = lane[0].lane, translation.get_language(), dict[str, Result]()

    def ask() -> None:
        try:
            with translation.override(language):
                _ask_all(lane, found)
        finally:
            connections.close_all()

    with _one_at_a_time:
        if name not in _asking or not _asking[name].thread.is_alive():
            thread = threading.Thread(target=ask, name=f"health: {name}", daemon=True)
            thread.start()
            _asking[name] = _Question(thread, found)
        return _asking[name]


def _ask_all(lane: list[Check], found: dict[str, Result]) -> None:
    for check in lane:
        try:
            words = check.ask()
        except conditions.NotReadyError as error:
            found[check.name] = Result(State.FAILED, [str(error)])
        except Exception:  # whatever it is: visitors don't hear it, and the log does once, however often it is asked
            log.log(logging.DEBUG if check.name in _failing else logging.ERROR, "Health: %s", check.name, exc_info=True)
            _failing.add(check.name)
            found[check.name] = _without_answer(check)
        else:
            _failing.discard(check.name)
            found[check.name] = Result(State.DEGRADED if words else State.OK, words)
        if found[check.name].state == State.FAILED:
            return  # what comes next in this lane would fail for the same reason


def _without_answer(check: Check) -> Result:
    words = _("There is no answer from: %(what)s.") % {"what": check.label}
    return Result(State.FAILED if check.is_vital else State.DEGRADED, [words])
