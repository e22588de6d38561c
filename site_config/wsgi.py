"""The WSGI entry point: `gunicorn site_config.wsgi`."""

import logging
import os
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings")
django = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the models behind it are there once Django is

from home.cache import store  # noqa: E402
from operations.request_context import RequestIds  # noqa: E402
from site_config.keeper import Keeper  # noqa: E402
from site_config.page_cache import PageCache  # noqa: E402

application: Callable[..., Any] = django
if store:
    keeper = Keeper(store)
    application = PageCache(django, keeper, host=urlsplit(settings.SITE_URL).netloc)
    keeper.start()
if settings.METRICS_TOKEN:
    try:
        from operations.request_metrics import Measured  # it makes files

        application = Measured(application)
    except OSError as error:
        logging.getLogger(__name__).error("Requests are not counted, METRICS_ROOT can't be used: %s", error)
application = RequestIds(application)
