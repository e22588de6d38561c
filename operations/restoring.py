"""Restoring a backup: `manage.py restore_backup`. All of it, or nothing.

The backup is read to its end before anything is touched, and once more while its rows go into the database, in one
transaction that ends after the rows were compared and the files stand in their place.
"""

from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from notifications.models import OutgoingMail
from operations import tables
from operations.backup_files import FILES, TABLES, Manifest, lines, members, verify
from operations.backups import TELL_EVERY, Tell, uploads
from operations.places import Bucket, Folder, place_for_files
from operations.private_files import close_database
from operations.sealing import BackupError

MADE_BY_PEOPLE = ("home_user", "wagtailcore_revision", "approval_ledgerentry")
"""A database in which these have no rows is as `migrate` leaves it."""


def restore(path: Path, *, with_files: bool, replace: bool, hold_mails: bool, tell: Tell = len) -> Manifest:
    """Put a backup into an empty database and an empty storage; with `replace`, in place of what is there.

    `hold_mails`: those that waited are given up, because they may have been sent since. Raises BackupError, with
    everything as it was.
    """
    manifest = verify(path, settings.BACKUP_KEY)
    with_files = with_files and manifest.with_files
    tell(f"The backup is whole: {manifest.rows} rows, {manifest.files} files, made {manifest.made_at}.")
    if not replace:
        _refuse_what_is_in_use(with_files)
    _migrate_to(manifest, tell)
    there = connection.introspection.table_names()
    manifest.tables = [table for table in manifest.tables if table.name in there]
    try:
        with place_for_files() if with_files else nullcontext() as files, transaction.atomic():
            _fill(path, manifest, files, tell)
            _compare(manifest)
            if hold_mails:
                held = _hold_mails(manifest.made_at)
                tell(f"Mails that waited, and are held: {held}.")
            if files:
                files.move_into_place()
    except (Error, OSError, SuspiciousOperation) as error:
        raise BackupError(f"Nothing was restored: {error}") from error
    tell(f"Restored and compared: {manifest.rows} rows in {len(manifest.tables)} tables.")
    return manifest


def finish(tell: Tell) -> None:
    """What is made of rows and files, and of the code: it may be newer than the backup."""
    call_command("createcachetable", verbosity=0)  # where CACHE_URL names one
    cache.clear()
    ContentType.objects.clear_cache()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    call_command("setup_site", verbosity=0)  # raises the number of what is public: no page of before is given out
    tell("The search index is made …")
    call_command("update_index", verbosity=0)
    try:
        call_command("rebuild_search_index", verbosity=0)
    except CommandError as error:  # the rest is found, and more is to be done
        tell(str(error))


def _refuse_what_is_in_use(with_files: bool) -> None:
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name in MADE_BY_PEOPLE:
            if name in there:
                cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # noqa: S608 - our own names
                if cursor.fetchone():
                    raise BackupError(f"The database is not empty ({name}). Name an empty one, or say --replace.")
    if with_files and (name := next(uploads(), "")):
        raise BackupError(f"The storage of uploads is not empty ({name}). Name an empty one, or say --replace.")


def _migrate_to(manifest: Manifest, tell: Tell) -> None:
    """Tables as those of the backup: they are brought to the state of this code when they are filled."""
    executor = MigrationExecutor(connection)
    named = (one.partition(".") for one in manifest.migrations)
    wanted = {(app, name) for app, _point, name in named if app not in tables.RETIRED}
    if newer := wanted - executor.loader.disk_migrations.keys():
        raise BackupError(f"The backup is of a newer version of the site, or of another one: {_list(newer)}.")
    applied = {(app, name) for app, name in executor.loader.applied_migrations if app not in tables.RETIRED}
    if ahead := applied - wanted:
        raise BackupError(
            f"The database is newer than the backup: {_list(ahead)}. Name one without tables; the backup is brought to "
            "this version there."
        )
    if applied != wanted:
        tell("Tables are made …")
        graph = executor.loader.graph
        nodes = [graph.node_map[key] for key in wanted if key in graph.node_map]  # without those that were squashed
        followed = {
            parent.key for node in nodes for parent in node.parents if parent.key[0] == node.key[0]
        }  # by another one of their app
        executor.migrate([node.key for node in nodes if node.key not in followed])
    close_database()


def _list(migrations: set[tuple[str, str]]) -> str:
    return ", ".join(sorted(map(".".join, migrations)))


def _fill(path: Path, manifest: Manifest, files: Folder | Bucket | None, tell: Tell) -> None:
    known = {f"{TABLES}{table.name}.jsonl.gz": table for table in manifest.tables}
    tables.empty(connection, [table.name for table in manifest.tables])
    for name, file in members(path, settings.BACKUP_KEY):
        if name in known:
            tables.write(connection, known[name], lines(file))
            if known[name].rows >= TELL_EVERY:
                tell(f"{known[name].name}: {known[name].rows} rows")
        elif name.startswith(FILES) and files:
            files.add(name.removeprefix(FILES), file)
        else:
            continue
        if file.seen != manifest.members[name]:
            raise BackupError(f"The backup was altered while it was read ({name}): nothing was restored.")
    connection.check_constraints()


def _compare(manifest: Manifest) -> None:
    """Each row in the database is one of the backup, and none is missing."""
    different: list[str] = []
    for table in manifest.tables:
        now = tables.Table(table.name, table.key, table.columns, table.numbers_rows)
        tables.read(connection, now)
        if now != table:
            different.append(table.name)
    if different:
        raise BackupError(f"Other rows came out than went in ({', '.join(different)}): nothing was restored.")


def _hold_mails(made_at: str) -> int:
    """`send_mail_queue --again` sends them after all, `--drop` gives them up for good."""
    waiting = OutgoingMail.objects.filter(state=OutgoingMail.State.WAITING)
    reason = f"Held: it waited in the backup of {made_at}, and may have been sent since."
    return waiting.update(state=OutgoingMail.State.FAILED, error=reason)
