"""A member who is published gets a window."""

from wagtail.signals import page_published

from coalition.models import FacadeSlot, MemberPage


def give_window(instance: MemberPage, **_signal: object) -> None:
    FacadeSlot.give(instance)


def connect() -> None:
    """Called once, when the app is ready."""
    page_published.connect(give_window, sender=MemberPage, dispatch_uid="facade-slot")
