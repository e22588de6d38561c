"""Pages per second as visitors ask for them: made by Django, kept by Python, kept by nginx (docs/performance.md).

The site runs as in production: PostgreSQL, gunicorn with two processes, the demo and 1,000 generated news (PAGES=…).
Needs `wrk` (Debian: apt-get install wrk); nginx where it is installed. SECONDS=4 says how long each page is asked for.
Each page is measured in turns, first by one and then by the other, so that a busy machine disturbs all alike.
"""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = os.environ.get("PAGES", "1000")
SECONDS = os.environ.get("SECONDS", "4")
CLIENTS = "8"
ADDRESSES = {
    "home": "/",
    "home, English": "/en/",
    "news": "/aktualnosci/",
    "news item": "/aktualnosci/abc-dla-ngo-piec-pytan/",
    "handbook": "/katalog/",
    "chapter": "/katalog/po-co-nam-kdo/",
    "members": "/koalicja/",
    "member": "/koalicja/fundacja-brama/",
    "events": "/wydarzenia/",
    "event": "/wydarzenia/abc-dla-ngo-spotkanie-online/",
}
FIGURES = re.compile(r"99%\s+(?P<slowest>\S+).*?Requests/sec:\s+(?P<rate>\S+)", re.DOTALL)
FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def process(command: list[str], **environment: str) -> Iterator[subprocess.Popen[str]]:
    running = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield running
    finally:
        running.terminate()
        running.wait(30)


def wait_for(address: str, host: str) -> None:
    asked = urllib.request.Request(address, headers={"Host": host})  # noqa: S310 - ours
    for _second in range(60):
        with contextlib.suppress(OSError), urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 - ours
            answer.read()
            return
        time.sleep(0.5)
    sys.exit(f"{address} doesn't answer.")


def nginx_settings(folder: Path, port: int, python: int) -> Path:
    """docs/nginx.conf with the places of this run."""
    site = (ROOT / "docs" / "nginx.conf").read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{python};",
        "server_name www.example.org;": "server_name localhost;",
        "/srv/site/var/pages": str(folder / "pages"),
        "/srv/site/docs": str(ROOT / "docs"),
        "/srv/site/var/": f"{ROOT / 'var'}/",
    }.items():
        site = site.replace(old, new)
    modules = "\n".join(f"load_module {path};" for path in Path("/usr/lib/nginx/modules").glob("*brotli_static*"))
    if not modules:
        site = site.replace("brotli_static on;", "")
    settings = folder / "nginx.conf"
    settings.write_text(
        f"{modules}\npid {folder}/nginx.pid;\nerror_log {folder}/nginx.log;\nworker_processes 2;\ndaemon off;\n"
        "user root;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\n{site}\n}}\n"
    )
    return settings


def measure(address: str, host: str) -> tuple[float, str]:
    """Pages per second, and how long the slowest of a hundred takes."""
    command = ["wrk", "-t2", f"-c{CLIENTS}", f"-d{SECONDS}s", "--timeout", "30s", "--latency"]
    printed = subprocess.run(
        [*command, "-H", f"Host: {host}", "-H", "Accept-Encoding: br, gzip", address],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    if failed := FAILED.search(printed):
        sys.exit(f"{address}: {failed[1]} answers were no pages")
    found = FIGURES.search(printed)
    if found is None:
        sys.exit(printed)
    return float(found["rate"]), found["slowest"]


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed.")
    with contextlib.ExitStack() as until_the_end:
        folder = Path(until_the_end.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        database = until_the_end.enter_context(process([sys.executable, "tests/rig/postgres.py"]))
        assert database.stdout and database.stdin  # noqa: S101 - for the type checker: they are pipes
        until_the_end.callback(database.stdin.close)
        ports = {name: free_port() for name in ("Django", "Python", "nginx")}
        host = f"localhost:{ports['nginx']}"
        usual = {
            "DEBUG": "0",
            "SECRET_KEY": "bench",
            "SITE_URL": f"http://{host}",  # for whose host alone pages are kept
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "DATABASE_URL": database.stdout.readline().strip(),
            "MEDIA_ROOT": str(folder / "media"),
            "PAGES_ROOT": str(folder / "pages"),
        }
        print(f"Making the demo and {PAGES} news…", flush=True)
        for command in (
            ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
            ["manage.py", "migrate", "--verbosity", "0"],
            ["manage.py", "setup_site", "--verbosity", "0"],
            ["manage.py", "load_demo", "--pages", PAGES, "--verbosity", "0"],
        ):
            subprocess.run(
                [sys.executable, *command],
                cwd=ROOT,
                env={**os.environ, **usual, **({"DEBUG": "1"} if "load_demo" in command else {})},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        for name, root in (("Django", ""), ("Python", usual["PAGES_ROOT"])):
            server = [sys.executable, "-m", "gunicorn", "site_config.wsgi", "--workers", "2", "--no-control-socket"]
            server += ["--bind", f"127.0.0.1:{ports[name]}", "--log-level", "warning"]
            until_the_end.enter_context(process(server, **{**usual, "PAGES_ROOT": root}))
            wait_for(f"http://localhost:{ports[name]}/health/ready", host)
        if shutil.which("nginx"):
            settings = nginx_settings(folder, ports["nginx"], ports["Python"])
            until_the_end.enter_context(process(["nginx", "-c", str(settings)]))
            wait_for(f"http://localhost:{ports['nginx']}/health/ready", host)
        else:
            del ports["nginx"]
        print(f"{CLIENTS} clients, {SECONDS} s each; pages/s, and the slowest of a hundred\n")
        print(f"{'page':<16}" + "".join(f"{name:>22}" for name in ports))
        for page, path in ADDRESSES.items():
            for port in ports.values():
                wait_for(f"http://localhost:{port}{path}", host)
            figures = [measure(f"http://localhost:{port}{path}", host) for port in ports.values()]
            print(f"{page:<16}" + "".join(f"{rate:>11.0f} {slowest:>10}" for rate, slowest in figures), flush=True)
        if "nginx" in ports:
            static = next((ROOT / "var" / "static" / "css").glob("site.*.css"))
            rate, slowest = measure(f"http://localhost:{ports['nginx']}/static/css/{static.name}", host)
            print(f"{'a static file':<16}{'':>22}{'':>22}{rate:>11.0f} {slowest:>10}")


if __name__ == "__main__":
    main()
