"""`make serve`: the site with production settings: web, worker and scheduler (see docs/operators.md).

SECRET_KEY is needed; SITE_URL, ALLOWED_HOSTS, DATABASE_URL and the others as in .env.example. BIND=host:port or
PORT=… says where to listen (127.0.0.1:8000), WEB_CONCURRENCY=… how many processes answer, WEB_THREADS=… how many
requests at a time each of them. `make prepare` (--prepare) does all that comes before, for whoever starts the three
otherwise.
"""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

from console import Steps, note, stop
from environment import ROOT, compile_messages, prepare, variables
from processes import Program, run

MORE_PACKAGES = {
    "machines": ("STORAGE_URL=.", "CACHE_URL=redis"),  # what several machines share, other than the database
    "sentry": ("SENTRY_DSN=.",),
    "search": ("SEARCH_FOLDER=.",),
}
"""Requirements → the settings that need them."""
QUEUE = "import site_config.settings as settings; print(settings.MAIL_QUEUE)"


def more_packages() -> list[str]:
    """What the settings in the environment or the file `.env` need beside the usual."""
    file = ROOT / ".env"
    names = ("STORAGE_URL", "CACHE_URL", "SENTRY_DSN", "SEARCH_FOLDER")
    said = [f"{name}={os.environ[name]}" for name in names if name in os.environ]
    settings = "\n".join([*said, file.read_text() if file.exists() else ""])
    return [
        group
        for group, needing in MORE_PACKAGES.items()
        if re.search(rf"^\s*(?:{'|'.join(needing)})", settings, re.MULTILINE)
    ]


def programs(python: Path, queue: str) -> list[Program]:
    """What the site consists of; requests do the worker's work themselves where the `queue` isn't the database."""
    worker = Program("worker", [python, "manage.py", "db_worker", "--backend", "mail"])
    return [
        Program("web", [python, "-m", "gunicorn"], reload=signal.SIGHUP),  # gunicorn.conf.py
        *([worker] if queue == "database" else []),
        Program("scheduler", [python, "manage.py", "run_scheduler"]),
    ]


def check_place(bind: str) -> None:
    """Ends the program where somebody else listens already: the rest would go on without the web."""
    host, colon, port = bind.rpartition(":")
    if not (colon and port.isdigit()):
        return  # a socket file: gunicorn says what it thinks of it
    host = host.strip("[]") or "0.0.0.0"  # noqa: S104 - as gunicorn reads it
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            stop(f"{bind} cannot be used ({error.strerror}): stop what uses it, or choose another PORT.")


def main() -> int:
    serves = "--prepare" not in sys.argv[1:]
    step = Steps(4 if serves else 3)
    step("Packages")
    python = prepare("run", "production", *more_packages())
    compile_messages()
    environment = variables(DEBUG="0")
    step("Settings")
    checked = subprocess.run([python, "-c", QUEUE], cwd=ROOT, env=environment, capture_output=True, text=True)
    if checked.returncode:
        stop(checked.stderr.strip().splitlines()[-1].partition(": ")[2])
    bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
    if serves:
        check_place(bind)
    step("Static files and database")  # in this order: what is published at once draws its pictures with the files
    for command in (["manage.py", "collectstatic", "--noinput", "--verbosity", "0"], ["scripts/prepare_site.py"]):
        if subprocess.run([python, *command], cwd=ROOT, env=environment).returncode:
            stop(f"{command[0]} failed: the reason is above.")
    if not serves:
        return 0
    step("Web, worker and scheduler")
    note(f"listening on http://{bind}")
    is_named = sys.stdout.isatty()
    return run(programs(python, checked.stdout.strip()), ROOT, environment, is_named=is_named)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
