"""Does what is due, again and again: one process that forks for each job, so that none holds up or ends another.

Why a process for each: a thread that hangs can't be ended. Why forked: Django is loaded once, so a job costs some
milliseconds, where cron pays for a new Python each time. We ask the database nothing ourselves: while it is away jobs
fail, and at their next time they are tried again.
"""

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from approval.one_at_a_time import the_only_one
from operations.jobs import JOBS, Job, job_ended

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5
"""Seconds."""
END_WITHIN = timedelta(seconds=20)
"""From SIGTERM to SIGKILL for a job that is cut off, or that we wait for when we end."""


class Running:
    """A job that is being done, in a process of its own."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.begun = time.monotonic()
        self.is_cut_off = False
        self.process = multiprocessing.get_context("fork").Process(target=_do, args=(job,), name=job.name)
        self.process.start()

    @property
    def age(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self.begun)

    def has_ended(self) -> bool:
        """Whether it has; cuts it off where it takes too long."""
        if self.process.is_alive():
            if self.age > self.job.limit + END_WITHIN:
                self.process.kill()
            elif self.age > self.job.limit and not self.is_cut_off:
                self.is_cut_off = True
                logger.error("%s is cut off: it has taken more than %s.", self.job.name, self.job.limit)
                self.process.terminate()
            return False
        self.process.join()
        if self.process.exitcode and not self.is_cut_off:
            logger.error("%s ended with status %s.", self.job.name, self.process.exitcode)
        return True


class Scheduler:
    """Works through a table of jobs, until `end()`."""

    def __init__(self, jobs: Sequence[Job] = JOBS, now: Callable[[], datetime] = timezone.localtime) -> None:
        self.jobs = jobs
        self.now = now
        self.goes_on = True
        self.running: dict[Job, Running] = {}
        # What has a time of the day waits for it; the rest begins now.
        self.done = {job: job.moment(now()) for job in jobs if job.at is not None}

    def end(self, *_signal: object) -> None:
        self.goes_on = False

    def run(self) -> None:
        connections.close_all()  # whatever the start has asked: no connection goes over to a job
        while self.goes_on:
            self.look()
            time.sleep(LOOK_EVERY)
        end = time.monotonic() + END_WITHIN.total_seconds()
        while self.running and time.monotonic() < end:
            self._collect()
            time.sleep(LOOK_EVERY)
        for running in self.running.values():
            running.process.kill()
            running.process.join()

    def look(self) -> None:
        """Begins what is due. A job that is still at it is left alone: it is due again once it has ended."""
        self._collect()
        for job in self.jobs:
            moment = job.moment(self.now())
            # Another moment, not a later one: a clock that was put back holds nothing up.
            if job not in self.running and self.done.get(job) != moment:
                self.done[job] = moment
                self.running[job] = Running(job)

    def _collect(self) -> None:
        self.running = {job: running for job, running in self.running.items() if not running.has_ended()}


def _do(job: Job) -> None:
    """In the job's own process; ends it with status 1 where the job fails."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the scheduler too, which waits for us
    succeeded = False
    try:
        with the_only_one(f"scheduler: {job.name}") as leads:  # the same moment on another machine
            if not leads:
                return
            call_command(*job.command, verbosity=0)
            succeeded = True
    except Exception:
        logger.exception("%s failed.", job.name)
        raise SystemExit(1) from None
    finally:
        job_ended.send_robust(job, succeeded=succeeded)
