"""Wagtail's `publish_scheduled`, so that one refused text doesn't keep the others from their time.

Stands in for Wagtail's command because this app comes first in INSTALLED_APPS.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as StockCommand
from wagtail.models import DraftStateMixin, Page, Revision

from approval import release_publication, restriction, schedule, validation
from approval.locks import locked
from approval.models import Release
from approval.one_at_a_time import the_only_one
from approval.signals import scheduler_ran

logger = logging.getLogger(__name__)

PATIENCE = 120
"""Seconds that a second scheduler waits: if the first one dies, what is due then is published all the same."""


class Command(StockCommand):
    help = "Publish what was approved for now, and take down what has come to its end date."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        try:
            with the_only_one("publish what is due", PATIENCE) as leads:
                if leads:
                    self._publish_all()
                else:
                    self.stdout.write("Another scheduler has been at it for two minutes, and goes on.")
        finally:
            scheduler_ran.send(sender=Command)

    def _publish_all(self) -> None:
        # What goes live comes first: its version says anew when the page ends.
        failed: list[Any] = [revision for revision in self._due() if not self._try(self._publish, revision)]
        failed += [number for number in self._due_together() if not self._try(self._publish_together, number)]
        failed += [instance for instance in self._expired() if not self._try(self._take_down, instance)]
        if failed:
            raise SystemExit(1)

    def _try(self, act: Callable[[Any], None], what: Any) -> bool:
        try:
            with transaction.atomic():
                act(what)
        except Exception as error:  # whatever it is, the next one has its own time
            name = restriction.operators_name(what.content_object, str(what)) if isinstance(what, Revision) else what
            logger.exception("publish_scheduled: %s", name)
            self.stderr.write(f"{name}: {error}")
            return False
        return True

    def _expired(self) -> list[Any]:
        models = [model for model in apps.get_models() if issubclass(model, DraftStateMixin)]
        return [
            getattr(found, "specific", found)
            for model in [Page, *(model for model in models if not issubclass(model, Page))]
            for found in model.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")
        ]

    def _take_down(self, instance: Any) -> None:
        """An approved version that waits for its time goes on waiting, where Wagtail would forget its time."""
        instance = locked(instance)
        if not (instance.live and instance.expire_at and instance.expire_at < timezone.now()):
            return  # somebody published another version since we asked
        waiting = list(Revision.objects.for_instance(instance).filter(approved_go_live_at__isnull=False))
        instance.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        Revision.objects.bulk_update(waiting, ["approved_go_live_at"])

    def _due(self) -> list[Revision]:
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        return list(due.order_by("approved_go_live_at"))

    def _publish(self, revision: Revision) -> None:
        instance = locked(revision.content_object)
        waiting = Revision.objects.select_for_update().filter(pk=revision.pk, approved_go_live_at__isnull=False)
        current = waiting.first()
        if current is None:
            return  # somebody withdrew the approval since we asked
        if problems := schedule.what_holds_back(current):
            schedule.hold_back(instance, current, problems)
            name = restriction.operators_name(instance, current.object_str)
            self.stdout.write(f"{name}: {validation.words(problems)}")
        else:
            current.publish(log_action="wagtail.publish.scheduled")

    def _due_together(self) -> list[int]:
        return list(Release.objects.due().values_list("pk", flat=True))

    def _publish_together(self, number: int) -> None:
        for problem in release_publication.publish_due(number):
            self.stdout.write(problem.words)
