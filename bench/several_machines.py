"""Three web machines, two workers and two schedulers share a PostgreSQL, a Redis and a bucket (docs/scaling.md).

Each has a disk of its own. First what an answer costs, then people publish while others read, and a web machine, a
worker, the scheduler that leads and Redis are killed. Exits 1 when an old page was read after somebody was told that
the new one is public, a mail was lost, or a text went live twice or not at all. TEXTS=20 says how many are published,
ANSWERS=300 of how many answers the costs are (0: not asked). Needs redis-server or valkey-server, and moto_server
(pip install 'moto[server]', in an environment of its own).
"""

import contextlib
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import _site
import boto3
import psycopg2
from _machines import servers
from _machines.readers import AFTER, BEFORE, Readers, stale
from page_outage import Database

sys.path.insert(0, str(_site.ROOT))

from tests.notifications.mail_server import MailServer

TEXTS = int(os.environ.get("TEXTS", "20"))
SCHEDULED, AWAY = 8, 70
HOST = "localhost:8000"
ANSWERS = int(os.environ.get("ANSWERS", "300"))
LISTS = ["/aktualnosci/", "/en/news/"]
LEADER = """SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND application_name LIKE 'scheduler-%%'"""
DUE = "SELECT count(*) FROM wagtailcore_revision WHERE approved_go_live_at < now()"


class Site:
    def __init__(self, folder: Path, address: str, until_the_end: contextlib.ExitStack) -> None:
        self.folder, self.address, self.until_the_end = folder, address, until_the_end
        self.mail = until_the_end.enter_context(MailServer())
        self.redis, self.bucket = servers.redis(folder), servers.bucket()
        for machine in (self.redis, self.bucket):
            self.start(machine)
        servers.until_it_answers(self.bucket.port, "/")
        place = f"http://127.0.0.1:{self.bucket.port}"
        names = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
        self.files = boto3.client("s3", endpoint_url=place, **names)
        self.files.create_bucket(Bucket="files")
        self.webs = [servers.web(number, self.environment(f"web-{number}")) for number in (1, 2, 3)]
        self.workers = [servers.worker(number, self.environment(f"worker-{number}")) for number in (1, 2)]
        self.schedulers = [servers.scheduler(number, self.environment(f"scheduler-{number}")) for number in (1, 2)]
        self.answered: dict[str, float] = {}
        self.tries: Counter[str] = Counter()

    def start(self, machine: servers.Machine) -> servers.Machine:
        self.until_the_end.callback(machine.stop)
        return machine.start()

    def environment(self, machine: str) -> dict[str, str]:
        return {
            **_site.environment(self.folder / machine, HOST, self.address),
            "PAGES_ON_ONE_MACHINE": "0",
            "CACHE_URL": f"redis://127.0.0.1:{self.redis.port}/0",
            "STORAGE_URL": f"s3+http://key:secret@127.0.0.1:{self.bucket.port}/files?region=us-east-1",
            "EMAIL_URL": f"smtp://127.0.0.1:{self.mail.port}",
            "MAIL_QUEUE": "database",
        }

    def run(self, *command: str, machine: str = "office") -> str:
        environment = {**os.environ, **self.environment(machine)}
        ended = subprocess.run(
            [sys.executable, *command], cwd=_site.ROOT, env=environment, capture_output=True, text=True
        )
        if ended.returncode:
            sys.exit(ended.stderr)
        return ended.stdout

    def scene(self, call: str) -> Any:
        said = self.run("manage.py", "shell", "--no-imports", "-c", f"from bench._machines import scene; scene.{call}")
        return json.loads(said.splitlines()[-1]) if said else None

    def ask_database(self, words: str) -> list[tuple[Any, ...]]:
        with contextlib.closing(psycopg2.connect(self.address)) as connection, connection.cursor() as cursor:
            cursor.execute(words)
            return cursor.fetchall()

    def publish(self, text: dict[str, Any], cookie: str, first: int, dies_after: float = 0) -> None:
        """As a coordinator does who tries the next machine where one doesn't answer."""
        token = {"csrfmiddlewaretoken": "a" * 32, "action": "approve", "shown": text["shown"], "comment": ""}
        if dies_after:
            threading.Timer(dies_after, self.webs[first].kill).start()
        for number in range(first, first + 6):
            try:
                status, leads_to = servers.send(
                    self.webs[number % 3].port, text["decide"], HOST, cookie, urlencode(token)
                )
            except (OSError, http.client.HTTPException):
                self.tries["unanswered"] += 1
                continue
            self.tries[f"{status} {'refused' if 'decide' in leads_to else 'published'}"] += 1
            self.answered[text["path"]] = time.monotonic()
            return


def costs(site: Site, postmaster: int) -> None:
    """Milliseconds until an answer, one after the other, and of processor time, by who spent it."""
    alone = servers.web(0, {**site.environment("alone"), "PAGES_ON_ONE_MACHINE": "1"})
    site.start(alone)
    servers.until_it_answers(alone.port)
    text, picture = site.told["texts"][0]["path"], site.told["pictures"][-1]
    print(f"\n{'ms, of ' + str(ANSWERS) + ' answers':<42}{'median':>8}{'web':>8}{'SQL':>8}{'Redis':>8}")
    for what, machine, path in (
        ("kept; one machine, asks nobody", alone, text),
        ("kept; one of several, asks the database", site.webs[0], text),
        ("made by Django: a news item", site.webs[0], f"{text}?x=1"),
        ("made by Django: a list", site.webs[0], f"{LISTS[0]}?x=1"),
        ("a picture, through Python from the bucket", site.webs[0], picture),
        ("made by Django, without Redis: a news item", site.webs[0], f"{text}?x=1"),
    ):
        if "without Redis" in what:
            site.redis.kill()
        for _warm in range(6):
            servers.ask(machine.port, path, HOST)
        before = machine.cpu(), servers.cpu_of_children(postmaster), site.redis.cpu()
        took = []
        for _number in range(ANSWERS):
            begun = time.monotonic()
            status, _body, _headers = servers.ask(machine.port, path, HOST)
            took.append(time.monotonic() - begun)
            if status != http.HTTPStatus.OK:
                sys.exit(f"{path}: {status}")
        after = machine.cpu(), servers.cpu_of_children(postmaster), site.redis.cpu()
        spent = "".join(f"{1000 * (new - old) / ANSWERS:8.2f}" for old, new in zip(before, after, strict=True))
        print(f"{what:<42}{1000 * statistics.median(took):8.2f}{spent}", flush=True)
    alone.stop()
    site.redis.start()


def files(site: Site) -> int:
    """Every machine hands out every picture, keeps none, and a document only to who may have it."""
    wrong = 0
    for path in site.told["pictures"]:
        got = {servers.ask(web.port, path, HOST)[:2] for web in site.webs}
        wrong += len(got) != 1 or next(iter(got))[0] != http.HTTPStatus.OK
    for web in site.webs:
        wrong += servers.ask(web.port, site.told["document"], HOST)[0] != http.HTTPStatus.NOT_FOUND
        wrong += servers.ask(web.port, site.told["document"], HOST, Cookie=site.told["cookie"])[0] != http.HTTPStatus.OK
    kept = [path for path in site.folder.glob("*/media/**/*") if path.is_file()]
    objects = site.files.list_objects_v2(Bucket="files")["KeyCount"]
    print(f"\n{objects} files in the bucket, {len(kept)} on a machine; {wrong} answers were wrong")
    return wrong + len(kept)


def kill_the_leader(site: Site, due: float, seen: dict[str, Any]) -> None:
    """In the middle of what it publishes; another starts in its place five seconds later."""
    with contextlib.closing(psycopg2.connect(site.address)) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while time.time() < due + 60:
            cursor.execute(DUE)
            left = cursor.fetchone()[0]
            cursor.execute(LEADER)
            leads = cursor.fetchone()
            if leads and 0 < left < SCHEDULED:
                site.schedulers[int(leads[0][-1]) - 1].kill()
                seen |= {"killed": time.time(), "who": leads[0], "left": left}
                time.sleep(5)
                site.schedulers[int(leads[0][-1]) - 1].start()
                return
            time.sleep(0.005)


def storm(site: Site) -> int:
    """Publications, kills, and what everybody saw."""
    texts, pair, cookie = site.told["texts"], site.told["pair"], site.told["cookie"]
    for machine in (*site.workers, *site.schedulers):
        site.start(machine)
    scheduled = site.scene(f"schedule({SCHEDULED}, {AWAY}, {AFTER!r})")
    paths = {text["path"]: f"{text['number']}!" for text in (*texts, *pair)} | dict.fromkeys(LISTS, "nobody's")
    begun, leader = time.monotonic(), dict[str, Any]()
    readers = Readers([web.port for web in site.webs], HOST, paths, site.folder / "stop")
    killer = threading.Thread(target=kill_the_leader, args=(site, scheduled["due"], leader))
    killer.start()
    acts = {
        3: ("web 2, while it publishes, is killed", lambda: None),
        5: ("worker 1 is killed", site.workers[0].kill),
        8: ("web 2 and worker 1 are there again", lambda: (site.webs[1].start(), site.workers[0].start())),
        10: ("Redis is killed", site.redis.kill),
        14: ("Redis is there again, empty", site.redis.start),
    }
    for number, text in enumerate(texts):
        if number in acts:
            print(f"{time.monotonic() - begun:5.1f} s  {acts[number][0]}", flush=True)
            acts[number][1]()
        site.publish(text, cookie, number % 3 if number != 3 else 1, dies_after=0.1 if number == 3 else 0)
    site.publish(pair[1], cookie, 2)
    site.answered[pair[0]["path"]] = site.answered[pair[1]["path"]]
    print(f"{time.monotonic() - begun:5.1f} s  {len(site.answered)} texts: {dict(site.tries)}", flush=True)
    killer.join()
    print(f"{time.monotonic() - begun:5.1f} s  the scheduler that leads was killed: {leader}", flush=True)
    while site.ask_database(DUE) != [(0,)] and time.time() < scheduled["due"] + 120:
        time.sleep(0.2)
    gone = change_by_a_machine_that_is_gone(site, texts[0])
    _mails(site)
    seen = readers.end()
    return _verdict(site, scheduled, leader, seen, time.monotonic() - begun) + gone


def change_by_a_machine_that_is_gone(site: Site, text: dict[str, Any]) -> int:
    """It commits a new title, is killed before it can tell, and never comes back."""
    title = "Po śmierci maszyny"
    environment = {**os.environ, **site.environment("gone")}
    command = [sys.executable, "bench/_publisher.py", str(text["page"]), title, "after"]
    subprocess.run(command, cwd=_site.ROOT, env=environment, check=False)
    begun, late = time.monotonic(), {}
    while len(late) < len(site.webs) and time.monotonic() - begun < 30:
        for web in site.webs:
            if web.name not in late and title in servers.ask(web.port, text["path"], HOST)[1].decode():
                late[web.name] = f"{time.monotonic() - begun:.1f} s"
        time.sleep(0.05)
    print(f"a machine was killed after its commit, for good; the others showed its text after {late}", flush=True)
    return int(len(late) < len(site.webs))


def _mails(site: Site) -> None:
    waits = "SELECT count(*) FROM notifications_outgoingmail WHERE state = 'waiting' AND send_after <= now()"
    for _round in range(2):  # the second one is for what a killed worker held
        end = time.monotonic() + 60
        while site.ask_database(waits) != [(0,)] and time.monotonic() < end:
            time.sleep(0.5)
        if not _round:
            print(f"mails that a killed process held, ten minutes brought forward: {site.scene('bring_forward()')}")
    time.sleep(2)


def _verdict(site: Site, scheduled: Any, leader: Any, seen: list[dict[str, Any]], took: float) -> int:
    told = site.scene(f"tell({scheduled['pages']}, {site.told['texts'][0]['page']})")
    old = stale(seen, site.answered)
    answers = sum(one["answers"] for one in seen)
    slowest = max(one["slowest"] for one in seen)
    print(f"\n{answers} answers in {took:.0f} s ({answers / took:.0f}/s), the slowest {slowest:.1f} s")
    for one in seen:
        print(f"  a reader: {one['answers']} answers, failed {dict(one['failed'])}")
    print(f"old texts read after somebody was told that the new one is public: {old or 'none'}")
    known = [one["first_after"] for one in seen]
    missing = [path for path in site.answered if not any(path in one for one in known)]
    print(f"texts that nobody read in their new version: {missing or 'none'}")
    numbers = Counter(mail["Message-ID"] for mail in site.mail.mails)
    twice = {number: times for number, times in numbers.items() if times > 1}
    sent = told["mails"].get("sent", 0)
    print(f"mails: {told['mails']}, received {len(numbers)} different ones, twice {len(twice)}")
    late = told["last"] - scheduled["due"]
    print(f"scheduled: {told['times published']}; the last one {late:.1f} s after its time", end="")
    print(f", {told['last'] - leader['killed']:.1f} s after the leader was killed" if leader else "; NO LEADER SEEN")
    print(told)
    lost = sent != len(numbers) or set(told["mails"]) - {"sent", "dropped"}
    wrong = told["times published"] != [1] * SCHEDULED or told["doubts"] or told["written twice"] or not leader
    return int(bool(old or missing or lost or twice or wrong))


def main() -> int:
    with contextlib.ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory()))
        site = Site(folder, until_the_end.enter_context(_site.database()), until_the_end)
        site.run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
        print("Two machines bring the database up to date at once…", flush=True)
        both = [
            subprocess.Popen([sys.executable, "scripts/prepare_site.py"], cwd=_site.ROOT, env={**os.environ, **place})
            for place in (site.environment("web-1"), site.environment("web-2"))
        ]
        if any(one.wait() for one in both):
            return 1
        print(f"Making {TEXTS} texts…", flush=True)
        site.told = site.scene(f"make({TEXTS}, {BEFORE!r}, {AFTER!r})")
        for web in site.webs:
            site.start(web)
        for web in site.webs:
            servers.until_it_answers(web.port)
        for web in site.webs:
            for path in (*LISTS, *(text["path"] for text in site.told["texts"])):
                servers.ask(web.port, path, HOST)
        if ANSWERS:
            costs(site, Database(site.address).pid)
        wrong = files(site)
        return int(bool(wrong + storm(site)))


if __name__ == "__main__":
    sys.exit(main())
