"""System checks: what would keep readers from the newest pages (docs/scaling.md), and staff from adding files."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.cache import DEFAULT_CACHE_ALIAS
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection

from home import cache, virus_scan
from home.facts import LONGEST_WAIT

PROXY_TAKES_MB = 110
"""`client_max_body_size` in deploy/nginx/locations.conf; a request is at most four files (UPLOAD_MAX_BODY)."""
ON_ONE_MACHINE = ("locmem.LocMemCache", "filebased.FileBasedCache", "dummy.DummyCache")


@checks.register("machines")
def check_machines_share_what_they_need(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """What PAGES_ON_ONE_MACHINE=0 says is said for the database, uploads and the cache as well."""
    if settings.PAGES_ON_ONE_MACHINE:
        return []
    found: list[checks.CheckMessage] = []
    if connection.vendor == "sqlite":
        found.append(
            checks.Error(
                "PAGES_ON_ONE_MACHINE=0, but the database is a file of this machine.",
                hint="Set DATABASE_URL to a PostgreSQL that all machines reach.",
                id="home.E001",
            )
        )
    if isinstance(default_storage, FileSystemStorage):
        found.append(
            checks.Warning(
                "PAGES_ON_ONE_MACHINE=0, but uploads go to the disk of this machine.",
                hint="Set STORAGE_URL. Where MEDIA_ROOT is a network folder that all machines have, silence home.W001.",
                id="home.W001",
            )
        )
    if settings.CACHES[DEFAULT_CACHE_ALIAS]["BACKEND"].endswith(ON_ONE_MACHINE):
        found.append(
            checks.Warning(
                "PAGES_ON_ONE_MACHINE=0, but each process or machine has a cache of its own.",
                hint="Set CACHE_URL to a Redis or Valkey that all machines reach: else each makes all pieces anew, and "
                "what Wagtail keeps of sites and pictures may be an hour old.",
                id="home.W002",
            )
        )
    return found


@checks.register("pages")
def check_ready_answers_are_ours(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """A command that another user runs can't tell the web processes of a change, or leaves files in their way."""
    if cache.store is None or cache.store.is_ours():
        return []
    return [
        checks.Warning(
            f"The ready answers in {cache.store.root} belong to another user than the one who runs this.",
            hint="Run manage.py, the worker and cron as the user of the web processes: what they change, visitors read "
            "some seconds late otherwise.",
            id="home.W003",
        )
    ]


@checks.register("facts")
def check_facts_are_looked_at_again(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """With no month every fact would be out of date at once, with thousands none ever would."""
    if 1 <= settings.FACT_CHECK_MONTHS <= LONGEST_WAIT:
        return []
    return [
        checks.Error(
            f"FACT_CHECK_MONTHS is {settings.FACT_CHECK_MONTHS}, no number of months from 1 to {LONGEST_WAIT}.",
            hint="After so many months a fact has to be looked at again at its source. The usual number is 12.",
            id="home.E002",
        )
    ]


@checks.register("files", deploy=True)
def check_scanner_answers(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Where a virus scanner is set and doesn't answer, no picture and no document can be added."""
    try:
        virus_scan.check_scanner()
    except virus_scan.ScannerAwayError as error:
        hint = "Start it, or correct CLAMD_URL. Until then no picture and no document can be added."
        return [checks.Warning(f"The virus scanner doesn't answer. {error}", hint=hint, id="home.W004")]
    return []


@checks.register("files", deploy=True)
def check_proxy_takes_what_the_site_takes(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Where the proxy is the narrower one, whoever adds a large file loses what was typed."""
    if settings.UPLOAD_MAX_BODY <= PROXY_TAKES_MB * 2**20:
        return []
    wanted = settings.UPLOAD_MAX_BODY // 2**20 + 10
    return [
        checks.Warning(
            f"DOCUMENT_MAX_MB is more than nginx lets through by deploy/nginx/ ({PROXY_TAKES_MB} MB for a whole form).",
            hint=f"Write client_max_body_size {wanted}m into the block for the admin, then silence home.W005.",
            id="home.W005",
        )
    ]
