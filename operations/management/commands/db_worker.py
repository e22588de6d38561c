"""django-tasks' `db_worker`, with a heartbeat.

Stands in for the library's command because this app comes first in INSTALLED_APPS.
"""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as StockCommand

from operations import heartbeats


class Command(StockCommand):
    def handle(self, **options: Any) -> None:
        with heartbeats.beating(heartbeats.WORKER):
            super().handle(**options)
