"""`make run`: from a fresh clone to a served page with demo content, on this machine only.

PORT=… takes another port, DATABASE_URL=… another database; see .env.example for the rest.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from console import Steps, stop
from environment import ROOT, compile_messages, prepare, variables

LOGINS = ("autorka", "redaktorka", "koordynatorka", "koordynator2", "tlumaczka", "admin")
PASSWORD = "demo"  # noqa: S105 - the demo's public password
FILE_CHANGED = 3


def chosen_port() -> int:
    """PORT or 8000; ends the program when it is no port or is taken."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop(f"PORT={text} is not a port number.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            stop(f"Port {port} cannot be used ({error.strerror}): stop what uses it, or: make run PORT={port + 1}")
    return port


def answers(url: str) -> int:
    """The status with which `url` answers; 0 while nothing listens."""
    try:
        with urllib.request.urlopen(url, timeout=60) as response:  # noqa: S310 - our own http address
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def serve(python: Path, port: int, environment: dict[str, str]) -> int:
    """Brings the database up to date and runs Django's development server until it ends; returns its exit status.

    Tells when it answers. Django's reloader is two processes: one that serves and ends with status 3 when a file
    changed, and one that starts it again. We are the second ourselves, and the first one has also prepared the
    database: Django is loaded once at each start. See `restart_with_reloader` in django/utils/autoreload.py.
    """
    address = f"http://localhost:{port}"
    command: list[str | Path] = [python, "scripts/prepare_site.py", "--demo", "--serve", f"localhost:{port}"]
    environment = {**environment, "RUN_MAIN": "true", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)

    def end(_signal: int, _frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, lambda _signal, _frame: None)  # Ctrl+C reaches the server itself: we wait for it
    status = 0
    while server.poll() is None and not status:
        time.sleep(0.1)
        status = answers(f"{address}/")
    if not status and server.returncode > 0:
        stop("The site could not be started: the reason is above.")
    if server.poll() is None:
        print(
            f"\nThe site is running{'' if status < 500 else f', but its first page answers {status} (see above)'}.\n"
            f"  Public   {address}/    (English: {address}/en/)\n"
            f"  Admin    {address}/admin/\n"
            f"  Logins   {', '.join(LOGINS)}: password {PASSWORD}\n"
            "  Stop with Ctrl+C.\n",
            flush=True,
        )
    while server.wait() == FILE_CHANGED:
        server = subprocess.Popen([*command, "--again"], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL)
    return server.returncode


def main() -> int:
    step = Steps(3)
    step("Python and port")
    port = chosen_port()
    step("Packages")
    python = prepare("run")
    compile_messages()
    environment = variables(DEBUG="1", SITE_URL=f"http://localhost:{port}", PYTHONWARNINGS="ignore")
    step("Database, content and server")
    return max(serve(python, port, environment), 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
