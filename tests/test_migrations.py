"""Migrations after the release hold no table that people use locked while they work.

On PostgreSQL a page can't be read (or saved) while an operation has its table. Read from the operations, not from their
SQL as django-migration-linter does: that needs a PostgreSQL, and names each index of a table that is made beside it.
"""

from collections.abc import Iterator

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.test_architecture import ROOMS

RELEASED = {
    "approval": "0010_index_newest_entry_of_text",
    "catalog": "0002_keep_reading_minutes",
    "coalition": "0001_initial",
    "events": "0006_index_lists",
    "home": "0006_create_committed_change",
    "news": "0003_index_lists",
    "newsroom": "0002_add_writers_of_pattern",
    "notifications": "0003_write_down_addresses",
    "translation": "0002_create_machine_words",
}
"""The last migration of each app that installations have: they were not asked."""

Operation = migrations.operations.base.Operation
DATA = (migrations.RunPython, migrations.RunSQL)


def locks(migration: migrations.Migration, state: ProjectState) -> Iterator[str]:
    """What would wait, for each operation on a table that is there in `state`.

    A migration whose table is small in every installation says so: `lock_is_short = "why"`.
    """
    if getattr(migration, "lock_is_short", ""):
        return
    on_tables = [one for one in migration.operations if _table(migration, one) in state.models]
    for operation in on_tables:
        if reason := _reason(operation, state.models[_table(migration, operation)]):
            yield f"{operation.describe()}: {reason}"
    if on_tables and migration.atomic and any(map(_changes_data, migration.operations)):
        yield "Data are changed while the tables of the same migration are locked: take two migrations"


def _changes_data(operation: Operation) -> bool:
    return isinstance(operation, DATA) and getattr(operation, "code", None) is not migrations.RunPython.noop


def _table(migration: migrations.Migration, operation: Operation) -> tuple[str, str]:
    return migration.app_label, getattr(operation, "model_name", "").lower()


def _reason(operation: Operation, model: ModelState) -> str:
    if isinstance(operation, AddIndexConcurrently):
        return ""
    if isinstance(operation, migrations.AddIndex | migrations.AlterUniqueTogether):
        return "nobody can save while it is made: AddIndexConcurrently on PostgreSQL"
    if isinstance(operation, migrations.AddConstraint):
        return "nobody can read while every row is asked: AddConstraintNotValid, then ValidateConstraint"
    if isinstance(operation, migrations.AddField) and operation.field.unique:
        return "nobody can read while its index is made: first the field, then AddIndexConcurrently"
    if isinstance(operation, migrations.AlterField):
        return _altered(model.fields[operation.name], operation.field)
    return ""


def _altered(old: models.Field, new: models.Field) -> str:
    before, after = ({**one.deconstruct()[3], "type": one.get_internal_type()} for one in (old, new))
    differences = {name for name in before | after if before.get(name) != after.get(name)} - {*new.non_db_attrs}
    if after.get("null"):
        differences.discard("null")
    if "max_length" in differences and (after.get("max_length") or 0) > (before.get("max_length") or 0):
        differences.discard("max_length")
    differences -= {"default", "block_types", "block_lookup"}  # of a StreamField, which is JSON whatever its blocks are
    return (
        f"nobody can read while every row is asked or written ({', '.join(sorted(differences))})" if differences else ""
    )


@pytest.mark.django_db
def test_no_migration_since_the_release_holds_a_table_locked():
    loader = MigrationLoader(None)
    new = [key for key in loader.disk_migrations if key[0] in ROOMS and key[1] > RELEASED.get(key[0], "")]
    found = {
        key: list(locks(loader.disk_migrations[key], loader.project_state(key, at_end=False)))
        for key in new
        if loader.disk_migrations[key].operations
    }
    assert {key: reasons for key, reasons in found.items() if reasons} == {}


@pytest.mark.django_db
def test_whatever_makes_a_page_type_takes_its_pages_back():
    loader = MigrationLoader(None)
    new = [one for key, one in loader.disk_migrations.items() if key[0] in ROOMS and key[1] > RELEASED.get(key[0], "")]
    for migration in new:
        made = [one for one in migration.operations if isinstance(one, migrations.CreateModel)]
        page_types = [one.name for one in made if "wagtailcore.page" in one.bases]
        taken_back = [
            one for one in migration.operations if "taken_back" in getattr(one, "reverse_code", print).__qualname__
        ]
        assert len(page_types) == len(taken_back), f"{migration}: home.page_types.taken_back"


TITLE, PLACE = models.CharField(max_length=100), models.CharField(max_length=50, null=True)
RUN, RUN_BACKWARD = migrations.RunPython(print), migrations.RunPython(migrations.RunPython.noop, print)


@pytest.mark.parametrize(
    ("waits", "operations"),
    [
        (1, [migrations.AddIndex("text", models.Index(fields=["title"], name="titles"))]),
        (0, [AddIndexConcurrently("text", models.Index(fields=["title"], name="titles"))]),
        (1, [migrations.AddConstraint("text", models.UniqueConstraint(fields=["title"], name="one_title"))]),
        (1, [migrations.AddField("text", "key", models.UUIDField(unique=True, null=True))]),
        (0, [migrations.AddField("text", "note", models.TextField(default=""))]),
        (1, [migrations.AlterField("text", "title", models.TextField())]),
        (1, [migrations.AlterField("text", "title", models.CharField(max_length=50))]),
        (0, [migrations.AlterField("text", "title", models.CharField("a name", max_length=200, blank=True))]),
        (1, [migrations.AlterField("text", "title", models.CharField(max_length=100, db_index=True))]),
        (1, [migrations.AlterField("text", "place", models.CharField(max_length=50))]),
        (0, [migrations.AlterField("text", "title", models.CharField(max_length=100, null=True))]),
        (1, [migrations.AddField("text", "note", models.TextField(default="")), RUN]),
        (0, [migrations.AddField("text", "note", models.TextField(default="")), RUN_BACKWARD]),
        (0, [RUN]),
        (
            0,
            [
                migrations.CreateModel("new", [("title", TITLE)]),
                migrations.AddIndex("new", models.Index(fields=["title"], name="new_titles")),
                RUN,
            ],
        ),
    ],
)
def test_what_holds_a_table_locked(waits, operations):
    state = ProjectState({("news", "text"): ModelState("news", "Text", [("title", TITLE), ("place", PLACE)])})
    migration = migrations.Migration("0099_try", "news")
    migration.operations = operations
    assert len(list(locks(migration, state))) == waits
    migration.lock_is_short = "a dozen rows"
    assert not list(locks(migration, state))
