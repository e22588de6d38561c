"""What has to be done by the clock, and when: the table that the scheduler works through.

A new row is all that another job takes. Each is a command of `manage.py`, so it can be run by hand, or by cron.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.dispatch import Signal

job_ended = Signal()
"""In the job's own process, with the `Job` as its sender and `succeeded`; not for one that was cut off or killed."""

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """One command and its times: every so often, or each day (each week on `weekday`) `at` a time of the site's zone.

    What takes longer than `limit` is cut off. Every one may be broken off anywhere, and be done twice.
    """

    command: tuple[str, ...]
    limit: timedelta
    every: timedelta = DAY
    at: time | None = None
    weekday: int | None = None
    title: str = ""
    """Where another job has the same command: both may be done at once, and the log tells them apart."""

    @property
    def name(self) -> str:
        return self.title or self.command[0]

    def moment(self, now: datetime) -> datetime:
        """The last time before `now` that it had to be done. Machines with right clocks name the same one.

        `now` is aware, and in the site's time zone.
        """
        if self.at is None:
            return now - timedelta(seconds=now.timestamp() % self.every.total_seconds())
        last = now.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0, fold=0)
        if last.timestamp() > now.timestamp():  # by the hands of a clock, an hour that comes twice would be due twice
            last -= DAY
        if self.weekday is not None:
            last -= DAY * ((last.weekday() - self.weekday) % 7)
        return last


JOBS = (
    *([Job(("backup",), at=time(2, 15), limit=120 * MINUTE)] if settings.BACKUP_EVERY_HOURS else []),
    Job(("publish_scheduled",), every=MINUTE, limit=10 * MINUTE),
    Job(("send_mail_queue",), every=5 * MINUTE, limit=20 * MINUTE),
    Job(("index_turned_facts",), at=time(0, 5), limit=60 * MINUTE),
    Job(("verify_approvals",), at=time(3, 10), limit=120 * MINUTE),
    Job(("rebuild_search_index", "--missing"), at=time(3, 0), limit=60 * MINUTE),
    Job(("rebuild_search_index",), at=time(4, 0), weekday=6, limit=180 * MINUTE, title="rebuild_search_index (all)"),
    Job(("clearsessions",), at=time(3, 20), limit=30 * MINUTE),
    Job(("forget_searched_words",), at=time(3, 30), limit=30 * MINUTE),
    Job(("forget_feedback",), at=time(3, 35), limit=30 * MINUTE),
    *(
        [Job(("prune_db_task_results", "--backend", "mail"), at=time(3, 40), weekday=6, limit=30 * MINUTE)]
        if settings.MAIL_QUEUE == "database"
        else []
    ),
)
