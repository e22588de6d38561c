"""The site's own settings, made quick, quiet and harmless for tests.

The environment decides the database (SQLite unless DATABASE_URL says otherwise); nothing here writes to var/.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "1"  # no SECRET_KEY needed, no redirect to https; pytest-django turns DEBUG itself off
os.environ["SITE_URL"] = "http://localhost:8000"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ |= {"PAGES_ROOT": "", "FRONTEND_CACHE": "{}"}
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
if "PYTEST_XDIST_WORKER" not in os.environ:  # one of several processes is enough, and this one comes first
    messages = Path(__file__).parent.parent / "scripts" / "messages.py"
    subprocess.run([sys.executable, messages, "--changed"], check=True)  # noqa: S603 - our own script

from site_config.settings import *  # noqa: F403
from site_config.settings import CACHES, DATABASES, STORAGES

SECRET_KEY = "tests"
SEARCH_STATISTICS_SECONDS = 0  # no thread writes beside a test
DISK_FREE_MB = 0  # how full the disk of a test is says nothing of the site
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FILES = Path(tempfile.gettempdir()) / f"site-tests-{os.getpid()}"  # made and removed by tests/conftest.py
MEDIA_ROOT = str(FILES / "media")
STATIC_ROOT = str(FILES / "static")
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0
SEARCH_AUTO_UPDATE = False  # it takes its time: tests/conftest.py says where it is on
CACHES = {**CACHES, "texts": CACHES["near"]}  # one call clears all of them
