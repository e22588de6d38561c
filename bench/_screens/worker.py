"""Measures the screens of one site: python bench/_screens/worker.py ours|stock, with its folder as the current one.

Says first, in a line of JSON, which screens there are. Then, for each line `["screen", "person"]` that it reads, a line
`[status, queries, milliseconds]`: processor time of this process and of its database, the least of SAMPLES.
"""

import importlib
import json
import logging
import os
import sys
import time
from pathlib import Path

SAMPLES = int(os.environ.get("SAMPLES", "2"))


def database_time() -> float:
    """Seconds of processor time that the server's process for this connection has used; 0 for SQLite."""
    from django.db import connection  # noqa: PLC0415 - once Django is set up

    if connection.vendor != "postgresql":
        return 0
    return int(Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9


def main() -> None:
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - a string
    import django  # noqa: PLC0415 - of the site in that folder
    from django.conf import settings  # noqa: PLC0415

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.DEBUG, settings.ALLOWED_HOSTS = False, ["*"]
    django.setup()
    logging.disable(logging.CRITICAL)
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    site = importlib.import_module(f"_screens.{sys.argv[1]}")
    screens = site.addresses()
    print(json.dumps(list(screens)), flush=True)
    browsers: dict[str, Client] = {}
    for line in sys.stdin:
        screen, person = json.loads(line)
        if screen not in screens:
            print(json.dumps(None), flush=True)
            continue
        if person not in browsers:
            browsers[person] = Client(raise_request_exception=False)
            browsers[person].force_login(get_user_model().objects.get(username=site.PEOPLE[person]))
        browser, address, taken = browsers[person], screens[screen], []

        def ask() -> int:
            answer = browser.get(address, follow=screen.startswith(("report", "export")))  # noqa: B023 - called at once
            if answer.streaming:
                list(answer)
            return answer.status_code

        ask()
        with CaptureQueriesContext(connection) as asked:
            status = ask()
        queries = list(asked)  # before the next request empties them
        for _sample in range(SAMPLES if status == 200 else 0):
            before = time.process_time() + database_time()
            ask()
            taken.append(time.process_time() + database_time() - before)
        print(json.dumps([status, len(queries), round(1000 * min(taken, default=0))]), flush=True)
        if os.environ.get("SHOW") == screen:
            print("\n".join(f"{query['time']} {query['sql']}" for query in queries), file=sys.stderr)


if __name__ == "__main__":
    main()
