"""The Wagtail demo as in production: gunicorn with two processes, PostgreSQL."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from _site import ROOT, free_port, process, wait_for

from _others.sites import POSTS_PER_PAGE, Site, postmaster

SOURCE = Path(os.environ.get("BAKERY", "/nowhere"))


def missing() -> str:
    """Why it can't be measured; nothing if it can."""
    if not (SOURCE / "bakerydemo").is_dir():
        return "BAKERY names no folder of github.com/wagtail/bakerydemo."
    if not (SOURCE / ".venv" / "bin" / "gunicorn").exists():
        return f"{SOURCE}/.venv lacks the packages of its requirements/base.txt, whitenoise, psycopg or gunicorn."
    return ""


@contextlib.contextmanager
def served(folder: Path, database: str, posts: Path) -> Iterator[list[Site]]:
    """A copy of it in `folder`, with a database of its own on the server at `database`, and these posts alone."""
    connection = psycopg2.connect(database)
    connection.autocommit = True
    connection.cursor().execute("CREATE DATABASE bakery")
    connection.close()
    copy = folder / "bakery"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns(".venv", ".git", ".env", "*.sqlite3", "bakerydemodb"))
    python = str(SOURCE / ".venv" / "bin" / "python")
    settings = {
        "DATABASE_URL": database.replace("/postgres?", "/bakery?"),
        "DJANGO_SETTINGS_MODULE": "bakerydemo.settings.production",
        "DJANGO_SECRET_KEY": "bench",
        "SECURE_SSL_REDIRECT": "false",
        "PYTHONPATH": f"{copy}:{ROOT / 'bench' / '_others'}",
        "POSTS_PER_PAGE": str(POSTS_PER_PAGE),
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [python, *command], cwd=copy, env={**os.environ, **settings}, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout

    run("manage.py", "migrate", "--verbosity", "0")
    run("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    run("manage.py", "load_initial_data")
    run(str(ROOT / "bench" / "_others" / "bakery_posts.py"), str(posts))
    connection = psycopg2.connect(settings["DATABASE_URL"])
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()

    pages = {
        "home": "/",
        "list": "/blog/",
        "article": "/blog/pomiar-500/",
        "search: all": "/search/?q=szybko%C5%9B%C4%87",
        "search: one": "/search/?q=577",
    }
    queries = json.loads(run(str(ROOT / "bench" / "_others" / "queries.py"), "bakery_wsgi", *pages.values()))
    versions = run("-c", "import django, wagtail; print(f'Wagtail {wagtail.__version__}, Django {django.__version__}')")
    port = free_port()
    command = [python, "-m", "gunicorn", "bakery_wsgi", "--workers", "2", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    with process(command, copy, **settings) as running:
        site = Site(
            "Wagtail demo",
            f"http://localhost:{port}",
            pages,
            [running.pid, postmaster(database)],
            versions=f"{versions.strip()}, Python {Path(os.path.realpath(python)).name.removeprefix('python')}",
            queries={page: queries[address] for page, address in pages.items()},
        )
        wait_for(site.root + "/", "localhost")
        yield [site]


if __name__ == "__main__":
    sys.exit(missing())
