"""A backup is whole or none; what is restored is what was there, row for row and byte for byte; all or nothing."""

import io
import resource
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from wagtail.models import Page

from approval import roles
from home.cache import ContentGeneration
from home.models import SiteImage, User
from notifications.models import OutgoingMail
from operations import backup_files, backups, private_files, tables
from tests import factories

pytestmark = pytest.mark.django_db
MADE_ANEW = ("wagtailsearch_", "search_", "django_session", "home_contentgeneration", "django_migrations", "sqlite_")
KEY = "a key of thirty-two signs or more"


@pytest.fixture(autouse=True)
def rooms(settings, tmp_path):
    settings.BACKUP_ROOT, settings.MEDIA_ROOT = str(tmp_path / "backups"), str(tmp_path / "media")
    settings.BACKUP_KEY = ""
    Path(settings.MEDIA_ROOT).mkdir()


@pytest.fixture
def site():
    """A public text with a picture and its copies, a document, people, a mail that waits."""
    author = factories.person(roles.AUTHORS, "żaneta")
    factories.document()
    page = factories.news(title="„Zażółć” \\ \n 'x' \U0001f333", lead_image=factories.image(), lead_image_alt="Stół.")
    page.lead_image.get_rendition("width-20")
    OutgoingMail.objects.create(event="submitted:1", user=author, address="a@example.org", kind="submitted")
    User.objects.create(username="gone").delete()  # its number is not given again
    return page


def rows() -> dict[str, list[str]]:
    """All rows as the database gives them, without the code that is tested."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            if not name.startswith(MADE_ANEW):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - quoted
                found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def files(root: str) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}


def lose_everything(settings) -> None:
    connection.check_constraints()
    tables.empty(connection, [])
    shutil.rmtree(settings.MEDIA_ROOT)


def said(*command: str | Path, **options: bool) -> str:
    words = io.StringIO()
    call_command(*map(str, command), stdout=words, stderr=words, **options)
    return words.getvalue()


def made() -> Path:
    said("backup")
    return next(iter(backups.kept()))


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_drill(site, settings, client, key, django_capture_on_commit_callbacks):
    settings.BACKUP_KEY = key
    before, uploads = rows(), files(settings.MEDIA_ROOT)
    assert len(uploads) >= 3
    path = made()
    assert {one.stat().st_mode & 0o777 for one in (path, path.parent / "last.json")} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert timezone.now() - backups.last() < timedelta(minutes=5)

    generation = ContentGeneration.objects.get().number
    client.force_login(User.objects.get(username="żaneta"))
    factories.news(title="Nowe")
    lose_everything(settings)
    with django_capture_on_commit_callbacks(execute=True):
        words = said("restore_backup", path)
    assert "Every live text is as it was approved." in words
    assert files(settings.MEDIA_ROOT) == uploads
    assert {one.name for one in Path(settings.MEDIA_ROOT).parent.iterdir()} == {"backups", "media"}
    mail = OutgoingMail.objects.get()
    assert (mail.state, "Held" in mail.error) == ("failed", True), "it may have been sent since"
    OutgoingMail.objects.update(state="waiting", error="")
    assert rows() == before
    assert not Session.objects.exists()
    assert ContentGeneration.objects.get().number > generation, "no page of before is given out"
    assert list(Page.objects.search("Zażółć")) == [Page.objects.get(pk=site.pk)]
    assert User.objects.create(username="nowa").pk > max(User.objects.exclude(username="nowa").values_list("pk"))[0] + 1


def test_from_one_kind_of_database_into_another_and_back(site):
    """With the real tables of SQLite on one side; on the other those of the database that the tests have."""
    before = rows()
    settings_dict = {**connection.copy().settings_dict, "NAME": ":memory:", "OPTIONS": {}}
    other = DatabaseWrapper(settings_dict, "other")
    kept = tables.kept_tables()
    with other.schema_editor(atomic=False) as editor:
        for model in apps.get_models():
            if model._meta.managed and model._meta.app_label not in tables.NOT_KEPT:
                editor.create_model(model)
    other.cursor().execute("BEGIN")
    for source, target in ((connection, other), (other, connection)):
        if target is connection:
            connection.check_constraints()
            tables.empty(connection, [])
        for table in kept:
            lines: list[bytes] = []
            tables.read(source, table, lines.append)
            tables.write(target, table, lines)
    other.close()
    connection.check_constraints()
    assert rows() == before


def changed(whole: bytes, place: int) -> bytes:
    """One bit is another one."""
    place %= len(whole)
    return whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]


def look_while_another_writes(insert) -> list[int]:
    """How many rows a snapshot sees before and after `insert`, and a new one then."""
    seen = []

    def look(source) -> None:
        with source.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            seen.append(cursor.fetchone()[0])

    with tables.snapshot() as source:
        look(source)
        insert("INSERT INTO django_migrations (app, name, applied) VALUES ('backup', '1', '2026-01-01')")
        look(source)
    with tables.snapshot() as source:
        look(source)
    return seen


def test_sqlite_is_read_as_of_one_moment_and_nobody_waits(tmp_path, monkeypatch):
    options = {"init_command": "PRAGMA journal_mode=WAL", "transaction_mode": "IMMEDIATE", "timeout": 0}
    other = DatabaseWrapper({**connection.copy().settings_dict, "NAME": tmp_path / "site", "OPTIONS": options}, "other")
    monkeypatch.setattr(tables, "connection", other)
    other.cursor().execute("CREATE TABLE django_migrations (app text, name text, applied text)")
    assert look_while_another_writes(other.cursor().execute) == [0, 0, 1]
    other.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test above")
@pytest.mark.django_db(transaction=True)
def test_postgresql_is_read_as_of_one_moment():
    before, during, after = look_while_another_writes(connection.cursor().execute)
    assert before == during == after - 1


DAMAGE = {
    "the first byte": lambda whole: changed(whole, 0),
    "one in the middle": lambda whole: changed(whole, len(whole) // 3),
    "one in the filling": lambda whole: changed(whole, -50),
    "the last byte": lambda whole: changed(whole, -1),
    "a byte is missing": lambda whole: whole[:-1],
    "the end is missing": lambda whole: whole[:-10_000],
    "half": lambda whole: whole[: len(whole) // 2],
    "nothing": lambda whole: b"",
    "something was added": lambda whole: whole + b"more",
    "something else": lambda whole: b"PK" + bytes(5000),
}


@pytest.mark.parametrize("key", ["", KEY], ids=["plain", "encrypted"])
def test_what_is_damaged_is_refused_before_anything_is_touched(site, settings, key):
    settings.BACKUP_KEY = key
    path = made()
    whole, before, uploads = path.read_bytes(), rows(), files(settings.MEDIA_ROOT)
    for name, damage in DAMAGE.items():
        path.write_bytes(damage(whole))
        for command in (("verify_backup",), ("restore_backup", path, "--replace")):
            with pytest.raises(CommandError):
                said(*command)
                pytest.fail(name)
    path.write_bytes(whole)
    assert "whole" in said("verify_backup")
    if key:
        for other in ("", KEY[::-1], "short"):
            settings.BACKUP_KEY = other
            with pytest.raises(CommandError, match=r"BACKUP_KEY|key"):
                said("verify_backup")
    assert (rows(), files(settings.MEDIA_ROOT)) == (before, uploads)


def test_a_place_that_is_in_use_is_refused_and_replaced_only_when_told(site, settings):
    path = made()
    with pytest.raises(CommandError, match="database is not empty"):
        said("restore_backup", path)
    before, uploads = rows(), files(settings.MEDIA_ROOT)
    connection.check_constraints()
    tables.empty(connection, [])
    with pytest.raises(CommandError, match="storage of uploads is not empty"):
        said("restore_backup", path)
    other = default_storage.save("images/other.png", io.BytesIO(b"other"))
    promoted = "wagtailsearchpromotions_searchpromotion"  # of an app that was on the site once
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {promoted} (page_id integer REFERENCES wagtailcore_page (id))")
        cursor.execute(f"INSERT INTO {promoted} VALUES (NULL)")  # noqa: S608 - named here
    said("restore_backup", path, "--replace", "--send-mails")
    assert (rows(), files(settings.MEDIA_ROOT)) == ({**before, promoted: []}, uploads)
    (kept,) = Path(settings.MEDIA_ROOT).parent.glob(".media.before-*")
    assert (kept / other).read_bytes() == b"other", "what was replaced is not lost"


def forged(path: Path, change, migrations=()) -> Path:
    """A backup that is whole, with the members that `change` makes of each, and other migrations."""
    manifest = backup_files.verify(path, "")
    manifest.migrations = [*migrations] or manifest.migrations
    new = path.with_name("forged")
    with new.open("wb") as file:
        writer = backup_files.Writer(file, "", path.parent)
        for name, member in backup_files.members(path, ""):
            words = member.read()
            if name != backup_files.MANIFEST:
                name, words = change(name, words)
                writer.add(name, len(words), io.BytesIO(words))
        writer.finish(manifest)
    return new


def test_a_restore_that_fails_in_the_middle_leaves_nothing_half(site, settings, tmp_path):
    path = made()
    last = max(name for name in backup_files.verify(path, "").members if name.startswith("files/"))
    escape = forged(path, lambda name, words: ("files/../../out" if name == last else name, words))
    fewer = forged(path, lambda name, words: (name, b"" if name.startswith("tables/approval_ledgerentry.") else words))
    lose_everything(settings)
    empty = rows()
    for broken in (escape, fewer):
        with pytest.raises(CommandError, match=r"Nothing was restored|nothing was restored"):
            said("restore_backup", broken)
        assert rows() == empty
        assert files(settings.MEDIA_ROOT) == {}
        assert {one.name for one in tmp_path.iterdir()} == {"backups", "media"}


def test_a_backup_of_other_migrations_is_refused_where_it_does_not_fit(site, settings):
    path = made()
    migrations = backup_files.verify(path, "").migrations
    lose_everything(settings)
    retired = "wagtailsearchpromotions.0001_initial"  # of an app that was on the site once
    newer = forged(path, lambda *member: member, [*migrations, "news.9999_from_the_future", retired])
    with pytest.raises(CommandError, match=r"of the site, or of another one: news.9999_from_the_future\.$"):
        said("restore_backup", newer)
    older = forged(path, lambda *member: member, [name for name in migrations if name != "news.0003_index_lists"])
    with pytest.raises(CommandError, match=r"database is newer than the backup: news.0003_index_lists"):
        said("restore_backup", older)


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may become larger: what a full disk answers, from the kernel."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_full_disk_leaves_the_backups_of_before_and_nothing_half(site, settings):
    path = made()
    before, when = path.read_bytes(), backups.last()
    moved = path.rename(path.with_name("site-20200101T000000Z.backup"))
    settings.BACKUP_KEEP = [0, 0, 0]
    with small_disk(len(before) // 2), pytest.raises(CommandError, match=r"No backup was made: .*File too large"):
        said("backup")
    assert {one.name for one in path.parent.iterdir()} == {moved.name, "last.json", "lock"}
    assert (moved.read_bytes(), backups.last()) == (before, when)

    lose_everything(settings)
    empty = rows()
    with small_disk(len(factories.picture_bytes()) - 1), pytest.raises(CommandError, match="Nothing was restored: "):
        said("restore_backup", moved)
    assert (rows(), files(settings.MEDIA_ROOT)) == (empty, {})


def test_a_picture_that_is_deleted_meanwhile_makes_it_begin_again(site, settings, monkeypatch):
    picture, read = SiteImage.objects.get(), tables.read
    lost = factories.document("Zgubiony")
    default_storage.delete(lost.file.name)

    def read_before_it_goes(source, table, write):
        named = read(source, table, write)
        if table.name == "home_siteimage" and default_storage.exists(picture.file.name):
            default_storage.delete(picture.file.name)
            SiteImage.objects.filter(pk=picture.pk).update(file="")
        return named

    monkeypatch.setattr(backups, "read", read_before_it_goes)
    words = said("backup")
    assert f"{picture.file.name} was deleted meanwhile" in words
    assert f"Missing, though a row names it: {lost.file.name}" in words
    manifest = backup_files.verify(next(iter(backups.kept())), "")
    assert manifest.missing == [lost.file.name]
    assert f"files/{picture.file.name}" not in manifest.members


def test_the_newest_of_so_many_days_weeks_and_months_stay():
    twice_a_day = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=12 * number) for number in range(2 * 333)]
    found = {Path(when.strftime(backups.NAME)): when for when in twice_a_day}
    kept = sorted(found[path] for path in found.keys() - set(backups.superfluous(found, 3, 2, 4)))
    assert [when.strftime("%m-%d %H") for when in kept] == [
        *("08-31 12", "09-30 12", "10-31 12"),
        *("11-22 12", "11-27 12", "11-28 12", "11-29 12"),
    ]
    assert len(found) - len(backups.superfluous(found, 0, 0, 0)) == 1, "never the last one"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such rows")
def test_a_backup_that_could_not_be_restored_is_made_and_does_not_count(site):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_outgoingmail SET user_id = 999")
    with pytest.raises(CommandError, match=r"can't be restored before this is mended: .*notifications_outgoingmail"):
        said("backup")
    assert (len(backups.kept()), backups.last()) == (0, None)
    assert len(list(backups.folder().glob("*.broken"))) == 1
    OutgoingMail.objects.all().delete()


def test_what_the_program_is_newer_than_is_backed_up_by_the_program_of_before(site):
    MigrationRecorder(connection).record_unapplied("operations", "0001_create_heartbeat")
    with pytest.raises(CommandError, match="older than this version"):
        said("backup")


def test_two_at_once_are_refused_and_another_machine_knows_the_last_one(settings, tmp_path):
    assert backups.last() is None
    made()
    when, settings.BACKUP_ROOT = backups.last(), str(tmp_path / "of another machine")
    assert when and backups.last() == when
    with pytest.raises(CommandError, match="There is no backup"):
        said("verify_backup")
    with backups._alone(), pytest.raises(CommandError, match="Another backup is being made"):
        said("backup")


def test_a_bucket_is_filled_and_emptied_again_if_anything_fails(site, settings):
    names = set(backups.uploads())
    path = made()
    fewer = forged(path, lambda name, words: (name, b"" if name.startswith("tables/approval_ledgerentry.") else words))
    lose_everything(settings)
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "tests.shared_files.Bucket"}}
    with pytest.raises(CommandError):
        said("restore_backup", fewer)
    assert default_storage.files == {}
    said("restore_backup", path)
    assert set(default_storage.files) == names
    with pytest.raises(CommandError, match="empty it first"):
        said("restore_backup", path, "--replace")


def test_mails_that_were_held_are_sent_or_dropped_when_told(site):
    OutgoingMail.objects.update(state="failed")
    assert "dropped: 1" in said("send_mail_queue", "--drop")
    assert OutgoingMail.objects.get().state == "dropped"


def test_the_file_of_sqlite_is_closed_to_others_and_a_check_names_what_is_not(settings, tmp_path, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "db.sqlite3"))
    monkeypatch.setattr(connection, "vendor", "sqlite")
    paths = [tmp_path / f"db.sqlite3{ending}" for ending in ("", "-wal", "-shm")]
    for path, mode in zip(paths, (0o644, 0o640, 0o604), strict=True):
        path.touch()
        path.chmod(mode)
    Path(settings.BACKUP_ROOT).mkdir(mode=0o755)
    (found,) = private_files.check_private_files(None)
    assert found.hint == f"chmod o= {paths[0]} {paths[2]} {settings.BACKUP_ROOT}"
    private_files.close_database()
    assert [path.stat().st_mode & 0o777 for path in paths] == [0o600, 0o640, 0o600], "a group may be meant"
