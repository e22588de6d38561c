"""What happens while the clock of web, worker and scheduler is wrong: two hours early, then right, then late.

All of them see the clock that libfaketime tells them (apt-get install faketime); PostgreSQL and people have the right
one. Texts are approved for two moments, one of which the wrong clock brings near. Prints a line for each time that the
clock jumps. Needs root, nginx and redis-server or valkey-server.
"""

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import Any

import psycopg2
from _kills.world import World

LIBRARY = os.environ.get("FAKETIME", "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
JUMPS = ("+0", "+2h", "+0", "-2h", "+0")
SOON, LATER = 3600, 4 * 3600
"""Seconds until the texts of each kind are due."""
SETTLES_AFTER = 100
"""Seconds: each job that the scheduler does every minute has its turn."""
PUBLISHED = """
    SELECT count(*) FILTER (WHERE pages > 0), count(*) FILTER (WHERE pages > 1) FROM (
        SELECT count(*) AS pages FROM wagtailcore_pagelogentry
        WHERE action = 'wagtail.publish.scheduled' GROUP BY page_id) AS each
"""
MAILS = """
    SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'waiting' AND send_after > now()),
        coalesce(extract(epoch FROM max(send_after) FILTER (WHERE state = 'waiting') - now()) / 60, 0)::int
    FROM notifications_outgoingmail
"""
BEATS = "SELECT process, extract(epoch FROM now() - at)::int FROM operations_heartbeat ORDER BY process"


def asked(world: World, words: str) -> list[tuple[Any, ...]]:
    with contextlib.closing(psycopg2.connect(world.postgresql.address)) as connection, connection.cursor() as cursor:
        cursor.execute(words)
        return cursor.fetchall()


def main() -> None:
    if not Path(LIBRARY).exists():
        sys.exit(f"libfaketime is not there ({LIBRARY}): apt-get install faketime, or FAKETIME=/path/of/the/library.")
    with contextlib.ExitStack() as until_the_end:
        clock = Path(f"/tmp/clock-{os.getpid()}")  # noqa: S108 - ours, and read by all
        until_the_end.callback(clock.unlink)
        clock.write_text("+0\n")
        world = World(
            until_the_end,
            "PostgreSQL",
            LD_PRELOAD=LIBRARY,
            FAKETIME_TIMESTAMP_FILE=str(clock),
            FAKETIME_CACHE_DURATION="1",
            FAKETIME_DONT_FAKE_MONOTONIC="1",
            DONT_FAKE_MONOTONIC="1",  # as older versions call it
        )
        for seconds in (SOON, LATER):
            world.scene(f"approve_for_later(3, {seconds})")
        for jump in JUMPS:
            clock.write_text(f"{jump}\n")
            time.sleep(SETTLES_AFTER)
            text = next(world.texts)
            done = [world.save(text), world.save(text, **{"action-submit": "1"})]
            step = world.step_of(text)
            done.append(world.decide(step, "approve"))
            done.append(world.decide(world.step_of(text), "approve", "coordinator"))
            time.sleep(20)
            status, words, _headers = world.ask(text["path"])
            print(f"\nclock {jump}: save, send, review, approve: {done}; page: {status} {'Zapis' in words}")
            print(f"  {world.ready()}")
            print(f"  heartbeats, seconds ago: {dict(asked(world, BEATS))}")
            print(f"  published by the scheduler, of 6: {asked(world, PUBLISHED)[0][0]}, twice: ", end="")
            print(asked(world, PUBLISHED)[0][1])
            print(
                "  mails that wait, in the future, at most so many minutes: {}, {}, {}".format(*asked(world, MAILS)[0])
            )
            print(f"  sign in: {world.sign_in()}", flush=True)
        print(world.run("manage.py", "verify_approvals").strip())


if __name__ == "__main__":
    main()
