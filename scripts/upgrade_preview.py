"""Brings a database of the time before the first release up to it: python scripts/upgrade_preview.py

For databases made before the apps got their present names (their migrations end with `editorial.0005_add_edition`).
Make a backup first. Tables and columns are renamed in one transaction, then `migrate` brings the rest, then the
publication record gets the digests of the renamed content. Broken off in between, it goes on when it is run again.
Afterwards run `manage.py verify_approvals`. Goes when no such database is left.
"""

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")

import django  # noqa: E402 - the path to the settings comes first

django.setup()

from django.apps import apps  # noqa: E402 - models come after the set-up
from django.core.management import call_command  # noqa: E402
from django.core.serializers.json import DjangoJSONEncoder  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402
from wagtail.models import Revision  # noqa: E402

from approval.digest import BOOKKEEPING, CHILD_BOOKKEEPING, digest_of  # noqa: E402

LAST = {
    ("home", "0003_add_edition"),
    ("editorial", "0005_add_edition"),
    ("news", "0003_add_edition"),
    ("catalog", "0002_add_edition"),
    ("coalition", "0002_add_edition"),
    ("events", "0002_add_edition"),
}
FIRST = (
    ("home", "0001_create_user"),
    ("home", "0002_create_pages_images_settings"),
    ("approval", "0001_initial"),
    ("notifications", "0001_initial"),
    ("news", "0001_initial"),
    ("catalog", "0001_initial"),
    ("coalition", "0001_initial"),
    ("events", "0001_initial"),
)
"""What the renamed tables are, in the words of today's migrations."""

MODELS = {
    "claim": ("approval", "claim"),
    "foureyestask": ("approval", "foureyestask"),
    "ledgerentry": ("approval", "ledgerentry"),
    "mailchoice": ("notifications", "mailchoice"),
    "neededby": ("approval", "neededby"),
    "outgoingmail": ("notifications", "outgoingmail"),
    "shownrevision": ("approval", "reviewedrevision"),
}
TABLES = {
    **{f"editorial_{old}": f"{app}_{new}" for old, (app, new) in MODELS.items()},
    "editorial_foureyestask_groups": "approval_foureyestask_groups",
}
COLUMNS = [("approval_ledgerentry", "edition", "source_version")] + [
    (table, "edition", "source_version")
    for table in (
        "home_accessibilitypage",
        "home_homepage",
        "home_sitesettings",
        "home_standardpage",
        "news_newsindexpage",
        "news_newspage",
        "catalog_catalogindexpage",
        "catalog_chapterpage",
        "coalition_coalitionindexpage",
        "coalition_memberpage",
        "events_eventindexpage",
        "events_eventpage",
    )
]
FIELDS = {"edition": "source_version"}
"""Keys in the content of a version."""
TASKS = {"editorial.mail.queue.": "notifications.tasks."}
"""Beginnings of the paths of waiting jobs."""


UNFINISHED = "upgrade_preview_digests"
"""Holds, while the upgrade is under way, the digest that each version had before."""


def is_preview() -> bool:
    """Whether the database is one of those that this script is for, or was left half-way by it."""
    return bool({"editorial_ledgerentry", UNFINISHED} & set(connection.introspection.table_names()))


def upgrade() -> None:
    """Renames, migrates and carries over.

    Raises SystemExit with a sentence when the database is no preview, or an older one.
    """
    if not is_preview():
        raise SystemExit("This database needs no upgrade: it has no table of the app “editorial”.")
    if UNFINISHED not in connection.introspection.table_names():
        _rename()
    call_command("migrate", verbosity=0, interactive=False)
    with transaction.atomic():
        _digest_again(dict(_execute(f"SELECT revision, digest FROM {UNFINISHED}")))  # noqa: S608 - our own name
        _execute(f"DROP TABLE {UNFINISHED}")


def _rename() -> None:
    missing = LAST - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in missing))
        raise SystemExit(f"This database is older ({names} missing): run `migrate` of the last preview first.")
    with connection.constraint_checks_disabled(), transaction.atomic():
        for old, new in TABLES.items():
            _execute(f"ALTER TABLE {_q(old)} RENAME TO {_q(new)}")
        for table, old, new in COLUMNS:
            _execute(f"ALTER TABLE {_q(table)} RENAME COLUMN {_q(old)} TO {_q(new)}")
        _rename_indexes()
        _rename_words()
        _execute(f"CREATE TABLE {UNFINISHED} (revision integer, digest varchar(64))")
        _rename_fields()
        _settle_migrations()


def _q(name: str) -> str:
    return connection.ops.quote_name(name)


def _execute(sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def _rename_indexes() -> None:
    """An index without a name of its own is called after its table."""
    for model in (apps.get_model(app, name) for app, name in MODELS.values()):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, table)
        for index in model._meta.indexes:
            columns = [model._meta.get_field(name).column for name, _order in index.fields_orders]
            old = next((n for n, one in found.items() if one["index"] and one["columns"] == columns), None)
            if old is None or old == index.name:
                continue
            if connection.vendor == "sqlite":
                _execute(f"DROP INDEX {_q(old)}")
                _execute(str(index.create_sql(model, connection.schema_editor())))
            else:
                _execute(f"ALTER INDEX {_q(old)} RENAME TO {_q(index.name)}")


def _rename_words() -> None:
    for old, (app, new) in MODELS.items():
        _execute(
            "UPDATE django_content_type SET app_label = %s, model = %s WHERE app_label = %s AND model = %s",
            (app, new, "editorial", old),
        )
    for table in ("wagtailcore_pagelogentry", "wagtailcore_modellogentry"):
        action = f"UPDATE {table} SET action = REPLACE(action, %s, %s) WHERE action LIKE %s"  # noqa: S608 - our own names
        _execute(action, ("editorial.", "approval.", "editorial.%"))
    _execute("UPDATE approval_ledgerentry SET act = 'seeded' WHERE act = 'planted'")
    for old, new in TASKS.items():
        paths = "UPDATE django_tasks_database_dbtaskresult SET task_path = REPLACE(task_path, %s, %s)"
        _execute(f"{paths} WHERE task_path LIKE %s", (old, new, f"{old}%"))


def _contents() -> Iterator[tuple[int, dict[str, Any]]]:
    for pk, content in _execute("SELECT id, content FROM wagtailcore_revision ORDER BY id"):
        yield pk, json.loads(content) if isinstance(content, str) else content


def _rename_fields() -> None:
    """Renames the fields in the content of each version, and notes the digest that it had until now."""
    for pk, content in _contents():
        if not FIELDS.keys() & content.keys():
            continue
        note = f"INSERT INTO {UNFINISHED} VALUES (%s, %s)"  # noqa: S608 - our own name
        _execute(note, (pk, _digest(content)))
        renamed = {FIELDS.get(name, name): value for name, value in content.items()}
        _execute("UPDATE wagtailcore_revision SET content = %s WHERE id = %s", (json.dumps(renamed), pk))


def _digest(content: dict[str, Any]) -> str:
    """The digest of the content of a version as it is stored, as it was reckoned before the first release."""
    plain = {name: _plain(value) for name, value in content.items() if name not in BOOKKEEPING}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return [{name: item[name] for name in item if name not in CHILD_BOOKKEEPING} for item in value]
    if isinstance(value, str) and value[:1] in ("[", "{"):
        with contextlib.suppress(ValueError):
            return json.loads(value)
    return value


def _settle_migrations() -> None:
    recorder = MigrationRecorder(connection)
    ours = {app for app, _name in LAST}
    for app, name in recorder.applied_migrations():
        if app in ours:
            recorder.record_unapplied(app, name)
    for app, name in FIRST:
        recorder.record_applied(app, name)


def _digest_again(digests: dict[int, str]) -> None:
    """A digest in the record that was true of its version is true of it afterwards; any other stays as it is.

    So does that of a version which names something that is gone: it says something else than what is stored.
    """
    entries = _execute("SELECT id, content_type_id, object_id, revision_number, digest FROM approval_ledgerentry")
    numbers = {number for _pk, _type, _object, number, _digest in entries if number in digests}
    versions = Revision.objects.filter(pk__in=numbers)
    today = {one.pk: digest for one in versions if (digest := _digest(one.content)) == digest_of(one.as_object())}
    known = {
        (content_type, pk, digest): today[number]
        for _entry, content_type, pk, number, digest in entries
        if number in today and digests[number] == digest
    }
    for entry, content_type, pk, _number, digest in entries:
        new = known.get((content_type, pk, digest))
        if new:
            _execute("UPDATE approval_ledgerentry SET digest = %s WHERE id = %s", (new, entry))


if __name__ == "__main__":
    upgrade()
    print("The database is that of the first release. Next: manage.py setup_site, then manage.py verify_approvals.")
