"""Sending outside the request: one job of the task queue for each row of the outbox."""

from django.utils import timezone
from django_tasks import task

from notifications import delivery
from notifications.models import OutgoingMail

BACKEND = "mail"
"""A queue of its own in settings.TASKS: everything else that Wagtail queues runs at once, because
its index of references decides which picture may change."""


@task(backend=BACKEND)
def send_mail(pk: int) -> None:
    delivery.send(pk)


def enqueue(event: str) -> None:
    """A job for each mail about `event` that is due. What finds no job is sent by `send_mail_queue` all the same."""
    for pk in list(OutgoingMail.objects.due(timezone.now()).filter(event=event).values_list("pk", flat=True)):
        send_mail.enqueue(pk)
