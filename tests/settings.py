"""The site's own settings, made quick, quiet and harmless for tests.

The environment decides the database (SQLite unless DATABASE_URL says otherwise); nothing here writes to var/.
"""

import os
import tempfile

os.environ["DEBUG"] = "1"  # no SECRET_KEY needed, no redirect to https; pytest-django turns DEBUG itself off
os.environ["SITE_URL"] = "http://localhost:8000"
os.environ["EMAIL_URL"] = "memorymail://"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from site_config.settings import *  # noqa: F403
from site_config.settings import DATABASES, STORAGES, VAR_DIR

SECRET_KEY = "tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = tempfile.mkdtemp(prefix="site-media-")  # removed by tests/conftest.py
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
DATABASES["default"]["CONN_MAX_AGE"] = 0

VAR_DIR.mkdir(exist_ok=True)
