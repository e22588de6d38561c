"""Page types that a version brings go with it when it is taken back, and come again with the next one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.rig.migrated import copy

STORY = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from django.test import Client
from wagtail.models import Page, Revision

call_command("setup_site", verbosity=0)

def is_whole():
    assert not any(Page.find_problems()), Page.find_problems()
    known = [str(pk) for pk in Page.objects.values_list("pk", flat=True)]
    assert not Revision.objects.filter(base_content_type__model="page").exclude(object_id__in=known).exists()

from wagtail.contrib.redirects.models import Redirect
from catalog.models import GlossaryPage
Redirect.add_redirect("/slownik", redirect_to=GlossaryPage.objects.first())
before = Page.objects.count()
call_command("migrate", "catalog", "0002", verbosity=0)
is_whole()
assert not [page for page in Page.objects.all() if page.content_type.model_class().__name__ in TYPES], "ghosts"
print("back", before - Page.objects.count())
call_command("migrate", verbosity=0)
call_command("setup_site", verbosity=0)
is_whole()
assert Page.objects.count() == before
for address in ("/katalog/", "/en/catalogue/", "/katalog/slownik/", "/katalog/calosc/", "/katalog/zmiany/"):
    print(address, Client().get(address, HTTP_HOST="localhost").status_code)
"""
TYPES = ("GlossaryPage", "TemplatesPage", "EditionsPage", "ChangesPage", "WholeHandbookPage")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="It begins with the migrated SQLite database that is kept")
@pytest.mark.usefixtures("django_db_setup")
def test_a_version_taken_back_leaves_no_page_without_a_type_and_comes_again(
    project_root: Path, migrated: Path, tmp_path: Path
):
    copy(migrated, tmp_path / "site.sqlite3")
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'site.sqlite3'}",
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "site_config.settings",
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-c", f"TYPES = {TYPES!r}\n{STORY}"]
    done = subprocess.run(command, cwd=project_root, env=environment, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert f"back {2 * len(TYPES)}" in said
    assert [line.split()[-1] for line in said[-5:]] == ["200"] * 5
