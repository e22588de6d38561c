"""25 texts in two languages go live at one moment while 8 readers, each a process, read as fast as they can.

The site runs as in production: PostgreSQL, gunicorn with two processes that keep ready answers, and nginx where it is
installed. Every text says which release it is of, and so does every list that it stands in. First the release is tried
with a failure, and with a killed process, at several of its steps: nothing may be public. Then it goes through.
PAIRS=25 and SECONDS=5 (of reading after the release) say other numbers. Exits 1 when a reader saw a mixture, or a text
of before after anybody had seen one of after.
"""

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from multiprocessing import Process, Queue
from pathlib import Path
from typing import Any

from _site import ROOT, database, environment, free_port, gunicorn, nginx_settings, process, readable_folder, wait_for

PAIRS = int(os.environ.get("PAIRS", "25"))
SECONDS = int(os.environ.get("SECONDS", "5"))
READERS = 8
BEFORE, AFTER = "wydanie przed zmianą", "wydanie po zmianie"
LISTS = ["/aktualnosci/", "/en/news/"]
FAILURES = (("raise", 1), ("kill", 1), ("raise", PAIRS), ("kill", PAIRS + 1), ("raise", 2 * PAIRS))


def main() -> int:
    with contextlib.ExitStack() as until_the_end:
        folder = until_the_end.enter_context(readable_folder())
        python, proxy = free_port(), free_port()
        has_proxy = shutil.which("nginx") is not None
        host = f"localhost:{proxy if has_proxy else python}"
        os.environ |= environment(folder, host, until_the_end.enter_context(database()))
        for command in (["collectstatic", "--noinput"], ["migrate"], ["setup_site"]):
            manage(*command, "--verbosity", "0")
        print(f"Making {PAIRS} texts in two languages, in two versions…", flush=True)
        addresses = LISTS + told_by(scene(f"make({PAIRS}, {BEFORE!r}, {AFTER!r})"))
        until_the_end.enter_context(process(gunicorn(python)))
        wait_for(f"http://localhost:{python}/health/ready", host)
        if has_proxy:
            until_the_end.enter_context(process(["nginx", "-c", str(nginx_settings(folder, proxy, python))]))
        return read_and_release(host, addresses, folder / "stop")


def manage(*command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, capture_output=True, text=True)


def scene(call: str) -> "subprocess.CompletedProcess[str]":
    return manage("shell", "--no-imports", "-c", f"from bench._release import scene; scene.{call}")


def told_by(ended: "subprocess.CompletedProcess[str]") -> Any:
    """What it printed last."""
    if ended.returncode:
        sys.exit(ended.stderr)
    return json.loads(ended.stdout.splitlines()[-1])


def get(connection: http.client.HTTPConnection, host: str, address: str) -> tuple[int, str]:
    connection.request("GET", address, headers={"Host": host})
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def connect(host: str) -> http.client.HTTPConnection:
    name, _colon, port = host.partition(":")
    return http.client.HTTPConnection(name, int(port), timeout=60)


def read(host: str, addresses: list[str], number: int, stop: Path, told: "Queue[dict[str, Any]]") -> None:
    """One reader, in a process of its own, over one connection, from address `number` on; tells what it saw."""
    seen: dict[str, Any] = {"answers": 0, "mixed": [], "failed": [], "last_before": 0.0, "first_after": float("inf")}
    connection = connect(host)
    while not stop.exists():
        address = addresses[number % len(addresses)]
        number += 1
        begun = time.monotonic()
        status, words = get(connection, host, address)
        seen["answers"] += 1
        old, new = BEFORE in words, AFTER in words
        if status != http.HTTPStatus.OK or old == new:
            seen["mixed" if old and new else "failed"].append(f"{address}: {status}")
        elif old:
            seen["last_before"] = begun
        else:
            seen["first_after"] = min(seen["first_after"], time.monotonic())
    told.put(seen)


def public(host: str, addresses: list[str]) -> int:
    """How many of the addresses show the new text."""
    connection = connect(host)
    return sum(AFTER in get(connection, host, address)[1] for address in addresses)


def read_and_release(host: str, addresses: list[str], stop: Path) -> int:
    told: Queue[dict[str, Any]] = Queue()
    readers = [Process(target=read, args=(host, addresses, 7 * number, stop, told)) for number in range(READERS)]
    begun = time.monotonic()
    for reader in readers:
        reader.start()
    wrong = 0
    for how, step in FAILURES:
        ended = scene(f"publish({how!r}, {step})").returncode
        count = public(host, addresses)
        wrong += count + (ended == 0)
        print(f"{how} at publication {step} of {2 * PAIRS}: ended with {ended}, {count} texts are public", flush=True)
    asked, answered = told_by(scene("publish()"))
    count = public(host, addresses)
    time.sleep(SECONDS)
    stop.touch()
    seen = [told.get() for _reader in readers]
    for reader in readers:
        reader.join()
    took = time.monotonic() - begun
    mixed, failed = (sorted({what for one in seen for what in one[kind]}) for kind in ("mixed", "failed"))
    answers, first = sum(one["answers"] for one in seen), min(one["first_after"] for one in seen)
    stale = max(one["last_before"] for one in seen) - min(first, answered)
    print(f"released: {count} of {len(addresses)} addresses; the click took {answered - asked:.2f} s")
    print(f"{answers} answers in {took:.0f} s ({answers / took:.0f}/s), {len(mixed)} mixed, {len(failed)} failed")
    print(f"STALE for {stale:.3f} s" if stale > 0 else "nobody who asked after that read a text of before")
    print(*(*mixed, *failed)[:20], sep="\n")
    return int(bool(wrong or mixed or failed or stale > 0 or count != len(addresses)))


if __name__ == "__main__":
    sys.exit(main())
