from django.apps import AppConfig
from django.db.models.signals import pre_migrate
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "operations"
    verbose_name = _("Operations")

    def ready(self) -> None:
        from operations import heartbeats, private_files

        heartbeats.connect()
        pre_migrate.connect(private_files.close_database, dispatch_uid="private-files")
