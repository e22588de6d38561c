"""The WSGI entry point: `gunicorn site_config.wsgi`."""

import os
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the models behind it are there once Django is

from home.cache import store  # noqa: E402
from site_config.page_cache import PageCache  # noqa: E402

host = urlsplit(settings.SITE_URL).netloc
application = PageCache(django, store, host=host, on_one_machine=settings.PAGES_ON_ONE_MACHINE) if store else django
