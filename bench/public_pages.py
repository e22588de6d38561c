"""Pages per second as visitors ask for them: made by Django, kept by Python, kept by nginx (docs/performance.md).

The site runs as in production: PostgreSQL, gunicorn with two processes, the demo and 1,000 generated news (PAGES=…).
Needs `wrk` (Debian: apt-get install wrk); nginx where it is installed. SECONDS=4 says how long each page is asked for.
Each page is measured in turns, first by one and then by the other, so that a busy machine disturbs all alike.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys

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
        folder = until_the_end.enter_context(readable_folder())
        address = until_the_end.enter_context(database())
        ports = {name: free_port() for name in ("Django", "Python", "nginx")}
        host = f"localhost:{ports['nginx']}"
        usual = environment(folder, host, address)
        print(f"Making the demo and {PAGES} news…", flush=True)
        prepare(usual, PAGES)
        for name, root in (("Django", ""), ("Python", usual["PAGES_ROOT"])):
            until_the_end.enter_context(process(gunicorn(ports[name]), **{**usual, "PAGES_ROOT": root}))
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
