"""Pages per second of ours, the Wagtail demo and WordPress with the same 1,000 posts (docs/performance.md).

Each page is asked for in turns, by one site after the other, so that a busy machine disturbs all alike; ROUNDS=3 says
how often, SECONDS=2 how long each time, PAGES=1000 how many posts, ONLY="list article" which pages. Needs `wrk`, and
nginx for what is kept. Who isn't installed is left out, and it says why:

- WordPress: Debian's packages wordpress, wordpress-theme-twentytwentythree, wordpress-theme-twentytwentyone,
  php8.2-fpm, php8.2-mysql, php8.2-gd, mariadb-server. WORDPRESS=folder takes a newer one, unpacked, with a block theme
  and twentytwentyone in it.
- the Wagtail demo: BAKERY=folder is a checkout of github.com/wagtail/bakerydemo whose .venv has the packages of its
  requirements/base.txt, and whitenoise, psycopg[binary] and gunicorn.

Both are copied into a temporary folder, and run from there on 127.0.0.1 until the end: Debian's services may be off.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
from _others import bakery, wordpress
from _others.sites import CLIENTS, Figure, Site, postmaster
from _site import (
    ROOT,
    database,
    environment,
    free_port,
    gunicorn,
    nginx_settings,
    prepare,
    process,
    readable_folder,
    wait_for,
)

PAGES = os.environ.get("PAGES", "1000")
ROUNDS = int(os.environ.get("ROUNDS", "3"))
SECONDS = float(os.environ.get("SECONDS", "2"))
ONLY = os.environ.get("ONLY", "")
ADDRESSES = {
    "home": "/",
    "list": "/aktualnosci/",
    "article": "/aktualnosci/pomiar-500/",
    "search: all": "/szukaj/?q=szybko%C5%9B%C4%87",  # a word of every post
    "search: one": "/szukaj/?q=577",
}
KEPT = ("home", "list", "article")
Figures = dict[tuple[str, str], list[Figure]]  # by page and site


def manage(settings: dict[str, str], *command: str) -> str:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


@contextlib.contextmanager
def ours(folder: Path, address: str, settings: dict[str, str], port: int) -> Iterator[list[Site]]:
    """Made by Django, kept by Python, kept by nginx at that port, and a static file there."""
    queries = json.loads(
        manage({**settings, "PAGES_ROOT": ""}, "bench/_others/queries.py", "site_config.wsgi", *ADDRESSES.values())
    )
    versions = manage(settings, "-c", "import wagtail; print('Wagtail', wagtail.__version__)").strip()
    host = f"localhost:{port}"
    with contextlib.ExitStack() as until_the_end:
        sites = []
        for name, root in {"ours": "", "ours, kept by Python": settings["PAGES_ROOT"]}.items():
            own = free_port()
            running = until_the_end.enter_context(process(gunicorn(own), **{**settings, "PAGES_ROOT": root}))
            sites.append(Site(name, f"http://localhost:{own}", ADDRESSES, [running.pid, postmaster(address)], host))
            wait_for(f"{sites[-1].root}/health/ready", host)
        sites[0].queries = {page: queries[path] for page, path in ADDRESSES.items()}
        sites[0].versions = f"{versions}, Python {sys.version.partition(' ')[0]}"
        if shutil.which("nginx"):
            written = nginx_settings(folder, port, int(sites[1].root.rpartition(":")[2]))
            nginx = until_the_end.enter_context(process(["nginx", "-c", str(written)]))
            wait_for(f"http://{host}/health/ready", host)
            sites.append(Site("ours, kept by nginx", f"http://{host}", ADDRESSES, [nginx.pid, *sites[1].roots], host))
            style = next((ROOT / "var" / "static" / "css").glob("site.*.css")).name
            static = dict.fromkeys(KEPT, f"/static/css/{style}")
            sites.append(Site("a static file of nginx", f"http://{host}", static, [nginx.pid], host))
        yield sites


def table(title: str, sites: list[Site], pages: list[str], figures: Figures) -> None:
    print(f"\n{title}: pages/s (least–most) · slowest of a hundred, ms · processor time a page, ms · queries\n")
    print(f"| page | {' | '.join(site.name for site in sites)} |\n|{' --- |' * (len(sites) + 1)}")
    for page in pages:
        cells = []
        for site in sites:
            turns = figures[page, site.name]
            rates = [turn.rate for turn in turns]
            cell = f"{statistics.median(rates):,.0f} ({min(rates):,.0f}–{max(rates):,.0f})"
            cell += f" · {statistics.median(turn.slowest for turn in turns):,.0f}"
            cell += f" · {statistics.median(turn.work for turn in turns):.3g}"
            if site.queries:
                cell += f" · {site.queries[page]}"
            if failed := {turn.failed for turn in turns if turn.failed}:
                cell += f" ({'; '.join(sorted(failed))})"
            cells.append(cell)
        print(f"| {page} | {' | '.join(cells)} |")


def ratios(mine: Site, others: list[Site], pages: list[str], figures: Figures) -> None:
    """How many times as many pages as the other, turn by turn; and how many times as little work."""
    if not others:
        return
    print(f"\n{mine.name} against: pages/s (least–most) · processor time\n")
    print(f"| page | {' | '.join(site.name for site in others)} |\n|{' --- |' * (len(others) + 1)}")
    for page in pages:
        cells = []
        for site in others:
            turns = list(zip(figures[page, mine.name], figures[page, site.name], strict=True))
            rates = [own.rate / other.rate for own, other in turns]
            work = statistics.median(other.work / (own.work or 1) for own, other in turns)
            cells.append(f"{statistics.median(rates):.2f} ({min(rates):.2f}–{max(rates):.2f}) · {work:.2f}")
        print(f"| {page} | {' | '.join(cells)} |")


def measure(sites: list[Site], pages: list[str]) -> Figures:
    figures: Figures = {}
    for site in sites:
        for page in pages:
            for _warm in range(4):
                site.read(page)
    for turn in range(ROUNDS):
        print(f"Turn {turn + 1} of {ROUNDS}, load {os.getloadavg()[0]:.1f}", flush=True)
        for page in pages:
            for site in sites:
                figures.setdefault((page, site.name), []).append(site.measure(page, SECONDS))
    return figures


def report(sites: list[Site]) -> None:
    """Measures and prints. The first of them is ours, made for each reader."""
    for site in sites:
        if site.versions:
            print(f"{site.name}: {site.versions}")
    kept = [site for site in sites if site.kept]
    made = [site for site in sites if not site.kept]
    pages = [page for page in ADDRESSES if not ONLY or page in ONLY]
    print(f"{CLIENTS} clients, {SECONDS:g} s each, {os.cpu_count()} processors")
    figures = measure(made, pages)
    table("Made for each reader", made, pages, figures)
    ratios(made[0], made[1:], pages, figures)
    pages = [page for page in pages if page in KEPT]
    figures = measure(kept, pages)
    table("Kept", kept, pages, figures)
    for mine in kept[:2]:
        ratios(mine, [site for site in kept[2:] if site is not mine], pages, figures)
    print(f"\nLoad at the end: {os.getloadavg()[0]:.1f}")


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed.")
    with contextlib.ExitStack() as until_the_end:
        folder = until_the_end.enter_context(readable_folder())
        address = until_the_end.enter_context(database())
        port = free_port()
        settings = environment(folder, f"localhost:{port}", address)
        print(f"Making the demo and {PAGES} news…", flush=True)
        prepare(settings, PAGES)
        manage(settings, "manage.py", "update_index", "--verbosity", "0")
        connection = psycopg2.connect(address)
        connection.autocommit = True
        connection.cursor().execute("VACUUM ANALYZE")
        connection.close()
        posts = folder / "posts.json"
        posts.write_text(manage(settings, "bench/_others/posts.py"))
        sites = until_the_end.enter_context(ours(folder, address, settings, port))
        for name, other, arguments in (
            ("The Wagtail demo", bakery, (folder, address, posts)),
            ("WordPress", wordpress, (folder, posts)),
        ):
            if reason := other.missing():
                print(f"{name} is left out: {reason}")
                continue
            print(f"{name} gets the same posts…", flush=True)
            sites += until_the_end.enter_context(other.served(*arguments))
        report(sites)


if __name__ == "__main__":
    main()
