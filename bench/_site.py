"""The site as in production, for other scripts: PostgreSQL of the tests, gunicorn, and nginx by deploy/nginx/."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.rig.nginx import written  # noqa: E402 - the path to it comes first


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def readable_folder() -> Iterator[Path]:
    """A temporary one, into which nginx may look: it is another user."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextlib.contextmanager
def process(command: list[str], folder: Path = ROOT, **environment: str) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(90)  # gunicorn gives its workers 30 seconds


def wait_for(address: str, host: str) -> None:
    asked = urllib.request.Request(address, headers={"Host": host})  # noqa: S310 - ours
    for _second in range(60):
        with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - ours
            answer.read()
            return
        time.sleep(0.5)
    sys.exit(f"{address} doesn't answer.")


def nginx_settings(folder: Path, port: int, python: int) -> Path:
    """deploy/nginx/ with the places of this run."""
    return written(folder, f"127.0.0.1:{port}", f"127.0.0.1:{python}", folder / "pages", ROOT / "var")


@contextlib.contextmanager
def database(*folder: str) -> Iterator[str]:
    """A PostgreSQL of its own, below `folder`; gives its address."""
    with process([sys.executable, "tests/rig/postgres.py", *folder]) as running:
        assert running.stdout and running.stdin  # noqa: S101 - for the type checker: they are pipes
        try:
            yield running.stdout.readline().strip()
        finally:
            running.stdin.close()
            running.wait(60)  # it stops PostgreSQL first: ended at once, it would leave that behind


def environment(folder: Path, host: str, address: str) -> dict[str, str]:
    """Settings of a site in `folder`. `host`: for it alone pages are kept. `address`: of the database."""
    return {
        "DEBUG": "0",
        "SECRET_KEY": "bench",
        "SITE_URL": f"http://{host}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "DATABASE_URL": address,
        "MEDIA_ROOT": str(folder / "media"),
        "PAGES_ROOT": str(folder / "pages"),
    }


def prepare(settings: dict[str, str], pages: int | str = 0) -> None:
    """Static files, tables and the demo with so many news more."""
    for command in (
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "setup_site", "--verbosity", "0"],
        ["manage.py", "load_demo", "--pages", str(pages), "--verbosity", "0"],
    ):
        subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, **settings, **({"DEBUG": "1"} if "load_demo" in command else {})},
            check=True,
            stdout=subprocess.DEVNULL,
        )


def gunicorn(port: int) -> list[str]:
    """The command of the site with two processes."""
    server = [sys.executable, "-m", "gunicorn", "site_config.wsgi", "--workers", "2", "--no-control-socket"]
    return [*server, "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]


@dataclass
class Site:
    """`port` is nginx's, `python` gunicorn's, `address` the database's."""

    port: int
    python: int
    address: str
    settings: dict[str, str]
    server: subprocess.Popen[str]
    nginx: subprocess.Popen[str]


@contextlib.contextmanager
def behind_nginx(pages: int = 0) -> Iterator[Site]:
    """The whole site with the demo and so many news more, ready to be asked. Ends the program if nginx is missing."""
    if not shutil.which("nginx"):
        sys.exit("nginx is not installed.")
    with contextlib.ExitStack() as until_the_end:
        folder = until_the_end.enter_context(readable_folder())
        address = until_the_end.enter_context(database())
        python, port = free_port(), free_port()
        settings = environment(folder, f"localhost:{port}", address)
        print(f"Making the demo{f' and {pages:,} news' if pages else ''}…", flush=True)
        prepare(settings, pages)
        server = until_the_end.enter_context(process(gunicorn(python), **settings))
        conf = nginx_settings(folder, port, python)
        nginx = until_the_end.enter_context(process(["nginx", "-c", str(conf)]))
        wait_for(f"http://localhost:{port}/health/ready", f"localhost:{port}")
        yield Site(port, python, address, settings, server, nginx)
