"""Web, worker, scheduler and PostgreSQL are killed at random moments while people work (docs/faults.md).

PostgreSQL that loses nothing it has confirmed, the supervisor of `make serve`, nginx by deploy/nginx/, a mail server;
four desks write, review and approve by the site's forms, somebody reads. Three killers, who know nothing of each
other, send SIGKILL to one process each. In the end everything that was acknowledged is compared with what there is.
KILLS=500 says how many, MINUTES=60 for how long at most, TEXTS=3 how many texts each desk has. Exits 1 when anything
was lost. Needs nginx.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from typing import Any

import _site
import psycopg2
from _kills.office import Desk, Office, Reader
from _kills.victims import Killer, PostgreSQL, Site
from _machines import servers

sys.path.insert(0, str(_site.ROOT))

from tests.notifications.mail_server import MailServer

KILLS, TEXTS, DESKS = int(os.environ.get("KILLS", "500")), int(os.environ.get("TEXTS", "3")), 4
MINUTES = float(os.environ.get("MINUTES", "60"))
KINDS: tuple[dict[str, int], ...] = (
    {"one web process": 4, "gunicorn": 1},
    {"worker": 3, "scheduler": 2, "a job of the scheduler": 2},
    {"a connection of PostgreSQL": 2, "PostgreSQL": 1},
)
"""Of each killer, and how often it chooses which."""
LOG = _site.ROOT / "var" / "kills.log"
WAITS = "SELECT count(*) FROM notifications_outgoingmail WHERE state = 'waiting'"


class Scene:
    """What is asked on the site's side."""

    def __init__(self, settings: dict[str, str]) -> None:
        self.environment = {**os.environ, **settings}

    def run(self, *command: str) -> str:
        ended = subprocess.run(
            [sys.executable, *command], cwd=_site.ROOT, env=self.environment, capture_output=True, text=True
        )
        if ended.returncode:
            sys.exit(ended.stdout + ended.stderr)
        return ended.stdout

    def __call__(self, call: str) -> Any:
        code = f"from bench._kills import scene; scene.{call}"
        return json.loads(self.run("manage.py", "shell", "--no-imports", "-c", code).splitlines()[-1])


def storm(office: Office, site: Site, database: PostgreSQL) -> list[Killer]:
    """Everybody works until enough was killed."""
    people = [*(Desk(office, number) for number in range(DESKS)), Reader(office)]
    for person in people:
        person.start()
    time.sleep(5)
    left, begun = [KILLS], time.monotonic()
    killers = [Killer(kinds, office, site, database, left) for kinds in KINDS]
    for killer in killers:
        killer.start()
    while any(killer.is_alive() for killer in killers):
        time.sleep(30)
        done = len(office.saves), len(office.decisions), len(office.publications)
        if time.monotonic() - begun > MINUTES * 60:
            left[0] = 0
        print(f"{time.monotonic() - begun:6.0f} s  {left[0]} kills left; acknowledged {done}", flush=True)
    time.sleep(5)
    office.ended.set()
    for person in people:
        person.join()
    return killers


def send_all_mails(scene: Scene, address: str) -> int:
    """What killed processes held is due ten minutes later; returns how many still wait then."""
    for _round in range(5):
        if not scene("bring_forward()"):
            break
        scene.run("manage.py", "send_mail_queue", "--verbosity", "0")
    with contextlib.closing(psycopg2.connect(address)) as connection, connection.cursor() as cursor:
        cursor.execute(WAITS)
        return int(cursor.fetchone()[0])


def report(office: Office, killers: list[Killer], told: dict[str, Any], waiting: int) -> int:
    """Prints what happened; returns how much is wrong."""
    print(f"\n{'killed':<28}{'times':>6}{'again after, s: median':>24}{'worst':>8}{'never':>7}   requests that failed")
    for killer in killers:
        for kind in killer.kinds:
            took = killer.took[kind]
            failed = {who: office.failed[f"{kind}: {who}"] for who in ("staff", "readers")}
            middle, worst = (statistics.median(took), max(took)) if took else (0, 0)
            words = ", ".join(f"{times} of {who}" for who, times in failed.items())
            times = len(took) + killer.never[kind]
            print(f"{kind:<28}{times:>6}{middle:>24.1f}{worst:>8.1f}{killer.never[kind]:>7}   {words}")
    others = {who: office.failed[f"nothing: {who}"] for who in ("staff", "readers")}
    print(f"requests in all: {dict(office.asked)}; failed while nothing was down: {others}")
    acknowledged = {
        "saves": office.saves,
        "submissions": office.submissions,
        "decisions": office.decisions,
        "publications": office.publications,
    }
    print(f"\n{'acknowledged':<28}{'times':>6}{'lost':>6}")
    for what, known in acknowledged.items():
        print(f"{what:<28}{len(known):>6}{len(told['lost'][what]):>6}")
    unwritten = "mails that were never written"
    print(f"{'mails written':<28}{sum(told['mails'].values()):>6}{len(told['lost'][unwritten]):>6}   {told['mails']}")
    print(f"{'letters':<28}{told['letters']:>6}{len(told['lost']['letters']):>6}   ", end="")
    print(f"{told['letters received twice']} received once more")
    print(f"old pages read: {len(office.old)}; mails that wait: {waiting}; late texts: {told['late texts']}")
    print(f"published by the scheduler: {told['by the scheduler']}; the record: {told['published']}")
    print(f"verify_approvals: {told['doubts'] or 'right'}; not taken: {dict(office.refused)}")
    lost = {what: found for what, found in told["lost"].items() if found}
    never = sum(sum(killer.never.values()) for killer in killers)
    for what, found in lost.items():
        print(f"LOST {what}: {found[:5]}")
    for one in office.old[:5]:
        print(f"OLD {one}")
    return len(lost) + never + len(office.old) + waiting + told["late texts"] + len(told["doubts"])


def main() -> int:
    if not shutil.which("nginx"):
        sys.exit("nginx is not installed.")
    with contextlib.ExitStack() as until_the_end:
        folder = until_the_end.enter_context(_site.readable_folder())
        address = until_the_end.enter_context(_site.database())
        mail = until_the_end.enter_context(MailServer())
        python, port = _site.free_port(), _site.free_port()
        host = f"localhost:{port}"
        settings = {
            **_site.environment(folder, host, address),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "MAIL_QUEUE": "database",
            "BACKUP_EVERY_HOURS": "0",
        }
        scene = Scene(settings)
        scene.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        scene.run("scripts/prepare_site.py")
        print(f"Making {DESKS * TEXTS} texts…", flush=True)
        told = scene(f"make({DESKS}, {TEXTS})")
        database = PostgreSQL(address)
        until_the_end.callback(database.stop)
        LOG.parent.mkdir(exist_ok=True)
        site = Site(python, settings, LOG)
        until_the_end.callback(site.stop)
        until_the_end.enter_context(_site.process(["nginx", "-c", str(_site.nginx_settings(folder, port, python))]))
        servers.until_it_answers(python)
        office = Office(port, host, address, told)
        killers = storm(office, site, database)
        servers.until_it_answers(python)
        waiting = send_all_mails(scene, address)
        known = {
            "pages": [text["page"] for desk in told["desks"] for text in desk["texts"]],
            "saves": office.saves,
            "submissions": office.submissions,
            "decisions": office.decisions,
            "publications": office.publications,
            "letters": [mail["Message-ID"] for mail in mail.mails],
        }
        place = LOG.with_suffix(".json")
        place.write_text(json.dumps(known))
        wrong = report(office, killers, scene(f"tell({str(place)!r})"), waiting)
    print(f"What the site said meanwhile: {LOG}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
