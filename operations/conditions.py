"""What `operations/health.py` asks, one function for each question: sentences about what is wrong, or []."""

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from notifications import health as notifications_health
from operations import backups, heartbeats

PATIENCE = timedelta(minutes=10)
"""A job that was ready longer ago than this, or a process that wasn't seen since, is a sign of trouble."""
TRY_STORAGE_EVERY = 60
"""Seconds: in a bucket each try costs money."""
TRIALS, LEFT_AFTER = "health", 60 * 60
"""The folder of what is tried, and the seconds after which nobody is about to remove it."""


class NotReadyError(Exception):
    """No page can be shown, in words."""


def database() -> list[str]:
    question = "SELECT count(*) FROM sqlite_master" if connection.vendor == "sqlite" else "SELECT 1"  # reads its file
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
    except DatabaseError as error:
        if type(error) is not DatabaseError or connection.vendor != "sqlite":
            raise
        raise NotReadyError(
            _("The file of the database is damaged. Stop everything, keep the file, restore the newest backup.")
        ) from error
    return []


def migrations() -> list[str]:
    """Code that is newer than its database answers 500. Older code is well: machines are upgraded one by one."""
    if _known_migrations() - set(MigrationRecorder(connection).applied_migrations()):
        raise NotReadyError(_("The database is older than the program: “manage.py migrate” has not been run."))
    return []


@lru_cache(maxsize=1)
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def cache_answers() -> list[str]:
    key = f"health:{get_random_string(8)}"
    cache.set(key, "ok", 10)
    if cache.get(key) == "ok":
        return []
    return [_("The cache does not answer. The site does without it, and is slower.")]


class Storage:
    """Writes, reads and deletes a small file, but not at every question."""

    def __init__(self) -> None:
        self.tried_at: float | None = None

    def __call__(self) -> list[str]:
        if self.tried_at is None or time.monotonic() - self.tried_at > TRY_STORAGE_EVERY:
            name = default_storage.save(f"{TRIALS}/{time.time():.0f}-{get_random_string(12)}.txt", ContentFile(b"ok"))
            try:
                with default_storage.open(name) as file:
                    is_same = file.read() == b"ok"
            finally:
                default_storage.delete(name)
            if not is_same:
                return [_("What is stored with the uploads can't be read again.")]
            self._remove_what_was_left()
            self.tried_at = time.monotonic()  # a fault is asked for again at once: it may be over
        return []

    @staticmethod
    def _remove_what_was_left() -> None:
        """By processes that were killed meanwhile. What is new is tried by another machine just now."""
        for folder in default_storage.listdir(TRIALS)[0]:
            for name in default_storage.listdir(f"{TRIALS}/{folder}")[1]:
                begun = name.partition("-")[0]
                if not begun.isdigit() or time.time() - int(begun) > LEFT_AFTER:
                    default_storage.delete(f"{TRIALS}/{folder}/{name}")


storage = Storage()


def disks() -> list[str]:
    """Of this machine, before they are full. How much room a database or a bucket elsewhere has, nobody knows here."""
    found: dict[int, str] = {}
    for place in _places():
        there = next(path for path in (place, *place.parents) if path.exists())
        free = shutil.disk_usage(there).free
        if free < settings.DISK_FREE_MB * 2**20:
            words = _("The disk with %(place)s has only %(free)s left. Once it is full, nothing can be saved there.")
            found.setdefault(there.stat().st_dev, words % {"place": place, "free": filesizeformat(free)})
    return list(found.values())


def _places() -> Iterator[Path]:
    """Where this installation writes."""
    if settings.IS_SQLITE:
        yield Path(str(settings.DATABASES["default"]["NAME"])).absolute().parent
    if not settings.STORAGE_URL:
        yield Path(settings.MEDIA_ROOT)
    if settings.PAGES_ROOT:
        yield Path(settings.PAGES_ROOT)
    if settings.BACKUP_EVERY_HOURS:
        yield Path(settings.BACKUP_ROOT)


def mail() -> list[str]:
    return notifications_health.waiting().sentences()


def queue() -> list[str]:
    late = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - PATIENCE)
    found = late.aggregate(count=Count("pk"), since=Min("enqueued_at"))
    if not found["count"]:
        return []
    words = ngettext(
        "%(count)d job waits in the queue since %(time)s.",
        "%(count)d jobs wait in the queue, the first since %(time)s.",
        found["count"],
    )
    return [words % {"count": found["count"], "time": _when(found["since"])}]


WITHOUT: dict[str, Callable[[], str]] = {
    heartbeats.SCHEDULER: lambda: _("The scheduler does not run: approved texts miss their time, no reminders leave."),
    heartbeats.WORKER: lambda: _("The worker does not run: mails leave late, and pictures are made while people wait."),
}


def processes() -> list[str]:
    """Those that this installation should have (`PROCESSES_EXPECTED`)."""
    seen = heartbeats.last_seen()
    found = []
    for process in settings.PROCESSES_EXPECTED:
        at = seen.get(process)
        if at is None or abs(timezone.now() - at) > PATIENCE:  # later than now: somebody's clock was wrong
            last = _("It was never seen.") if at is None else _("It was last seen: %(time)s.") % {"time": _when(at)}
            found.append(f"{WITHOUT[process]() if process in WITHOUT else process} {last}")
    return found


def backup() -> list[str]:
    """Where backups are made by other means, `BACKUP_EVERY_HOURS=0` stops the question."""
    if not settings.BACKUP_EVERY_HOURS:
        return []
    at = backups.last()
    if at is None:
        return [_("No backup has been made yet.")]
    if at < timezone.now() - timedelta(hours=settings.BACKUP_EVERY_HOURS) - PATIENCE:
        return [_("The last backup was made: %(time)s.") % {"time": _when(at)}]
    return []


def _when(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j E Y, H:i")
