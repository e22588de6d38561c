import logging

from django.apps import AppConfig
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext_lazy as _

log = logging.getLogger(__name__)


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from django.conf import settings

        from operations import heartbeats, log_lines, open_file, private_files, request_context

        heartbeats.connect()
        open_file.connect()
        request_context.connect()
        pre_migrate.connect(private_files.close_database, dispatch_uid="private-files")
        if not settings.DEBUG:
            log_lines.write_what_nobody_caught()
        if settings.SENTRY_DSN:
            try:
                from operations import sentry

                sentry.start(settings.SENTRY_DSN)
            except ImportError:
                log.error("SENTRY_DSN is set, and the packages of requirements/sentry.txt are missing.")
