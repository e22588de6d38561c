"""What visitors, staff and operators see while something is full or gone, and afterwards (docs/faults.md).

Production settings under the supervisor of `make serve`, nginx, Redis, a mail server, and a small file system for each
folder: uploads, ready answers, backups, the log, the database. One after the other is filled, or taken away, looked
at from outside, and put right. Prints a row of a table for each. ONLY="mail" does those whose name has that word, and
ONLY="SQLite" needs no PostgreSQL.
Needs root, nginx and redis-server or valkey-server.
"""

import contextlib
import os
import re
import sys
import time
import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import psycopg2
from _kills.world import World, shown

ONLY = os.environ.get("ONLY", "")
LOGGED = re.compile(r"^(?:web|worker|scheduler) *\| (.*(?:WARNING|ERROR|CRITICAL|FATAL).*)$", re.MULTILINE)
KINDS = ("PostgreSQL", "SQLite")
SAVES = 12
"""How many texts are saved on a full disk before it is called well: what a database has room for goes on a while."""
MEND_WITHIN = 90
ASKED_AGAIN_AFTER = 65
"""Seconds: whether uploads can be stored is tried once a minute."""


def visitors(world: World) -> str:
    number = uuid.uuid4().hex[:6]
    cells = []
    for what, path in (
        ("kept", "/aktualnosci/"),
        ("not kept", f"/aktualnosci/?x={number}"),
        ("search", f"/szukaj/?q={number}"),
    ):
        status, words, headers = world.ask(path)
        cache = headers.get("Cache-Status", "").removeprefix("pages; ")
        cells.append(
            f"{what}: {status if status == HTTPStatus.OK else shown(status, words)}{f' ({cache})' if cache else ''}"
        )
    return ", ".join(cells)


def staff(world: World, step: int) -> str:
    text = next(world.texts)
    status, words, _headers = world.ask("/admin/", "author")
    dashboard = status if status == HTTPStatus.OK else shown(status, words)
    saved, times = "saved", 0
    while saved == "saved" and times < SAVES:
        saved, times = world.save(text), times + 1
    saved = f"{saved} ({times})" if saved != "saved" and times > 1 else saved
    return f"dashboard: {dashboard}, save: {saved}, picture: {world.add_picture()}, decide: {world.decide(step)}"


def logged(world: World, before: int) -> str:
    """Different lines since then, without times and numbers."""
    new = world.log.read_bytes()[before:].decode(errors="replace")
    lines = dict.fromkeys(re.sub(r"\d+", "9", line)[:160] for line in LOGGED.findall(new))
    return " / ".join(list(lines)[:3]) or "nothing"


def mended(world: World, text: dict[str, Any]) -> str:
    begun = time.monotonic()
    while time.monotonic() - begun < MEND_WITHIN:
        saved, picture = world.save(text), world.add_picture()
        if (saved, picture) == ("saved", "taken"):
            return f"save and picture after {time.monotonic() - begun:.0f} s, {visitors(world)}"
        time.sleep(1)
    return f"NOT AGAIN: {saved}, {picture}"


def row(world: World, what: str, break_it: Callable[[], Any], mend: Callable[[], Any], more: Callable[[], str]) -> None:
    if ONLY not in what:
        return
    world.ask("/aktualnosci/")
    step, before = world.step(), world.log.stat().st_size
    break_it()
    time.sleep(4)
    seen = [what, visitors(world), staff(world, step)]
    end = time.monotonic() + (ASKED_AGAIN_AFTER if "gone" in what and "uploads" in what else 0)
    while (ready := world.ready()).endswith(" ok") and time.monotonic() < end:
        time.sleep(2)
    cells = [*seen, f"{ready}; log: {logged(world, before)}{more()}"]
    mend()
    cells.append(mended(world, next(world.texts)))
    print("| " + " | ".join(cells) + " |", flush=True)


def nothing() -> str:
    return ""


def try_backup(world: World) -> str:
    try:
        world.run("manage.py", "backup", "--verbosity", "0")
    except OSError as error:
        return f"; backup: {error}"
    return "; backup: made"


def wal(world: World) -> None:
    """The disk is full, and the database needs the next piece of its journal."""
    world.disks["database"].fill()
    for _segment in range(8):
        with contextlib.suppress(psycopg2.Error), contextlib.closing(psycopg2.connect(world.postgresql.address)) as one:
            one.autocommit = True
            with one.cursor() as cursor:
                cursor.execute("SELECT pg_switch_wal()")
                cursor.execute("UPDATE home_contentgeneration SET number = number + 1")


def letters(world: World) -> str:
    return f"; mails that wait: {world.scene('waiting()').splitlines()[-1]}"


def all_mails(world: World) -> None:
    world.mail.start()
    world.scene("bring_forward()")
    before = len(world.mail.mails)
    world.run("manage.py", "send_mail_queue", "--verbosity", "0")
    print(f"    mails that came once it was there: {len(world.mail.mails) - before}{letters(world)}", flush=True)


def in_turn(world: World, kind: str) -> None:
    disks = world.disks
    row(world, "nothing", nothing, nothing, nothing)
    if kind == "PostgreSQL":
        row(world, "disk of uploads full", disks["media"].fill, disks["media"].empty, nothing)
        row(world, "disk of ready answers full", disks["pages"].fill, disks["pages"].empty, nothing)
        row(world, "disk of the log full", disks["log"].fill, disks["log"].empty, nothing)
        row(world, "disk of backups full", disks["backups"].fill, disks["backups"].empty, lambda: try_backup(world))
        row(world, "mail server gone", world.mail.stop, lambda: all_mails(world), lambda: letters(world))
        row(world, "cache gone", world.redis.kill, world.redis.start, nothing)
        media = world.folder / "media"

        def lose() -> None:
            media.unlink()
            media.touch()

        def find() -> None:
            media.unlink()
            media.symlink_to(disks["media"].folder)

        row(world, "folder of uploads gone", lose, find, nothing)
    row(world, f"disk of {kind} full", disks["database"].fill, disks["database"].empty, nothing)
    if kind == "PostgreSQL":
        row(world, "disk of PostgreSQL's journal full", lambda: wal(world), disks["database"].empty, nothing)


def main() -> None:
    if os.geteuid():
        sys.exit("Only root may mount the small file systems that this needs.")
    print("| what broke | visitors | staff | operators | afterwards |\n| --- | --- | --- | --- | --- |", flush=True)
    for kind in [kind for kind in KINDS if kind == ONLY] or KINDS:
        with contextlib.ExitStack() as until_the_end:
            world = World(until_the_end, kind)
            in_turn(world, kind)
            print(world.run("manage.py", "verify_approvals").strip(), flush=True)


if __name__ == "__main__":
    main()
