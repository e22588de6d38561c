"""Delivery outside the request, on Wagtail's own kind of queue."""

from django_tasks import task

from editorial.mail import delivery

BACKEND = "mail"
"""A queue of its own in settings.TASKS: everything else that Wagtail queues runs at once, because
its index of references decides which picture may change."""


@task(backend=BACKEND)
def deliver() -> None:
    delivery.deliver()


def wake() -> None:
    """Tell a worker that something waits. If this fails, `send_mail_queue` finds it all the same."""
    deliver.enqueue()
