"""What Wagtail tells, and what the editorial room makes of it."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.signals import page_unpublished

from editorial import gate
from editorial.digest import digest_of
from editorial.gate import NotApprovedError
from editorial.models import Act, GatedMixin
from editorial.models.gated import record


def keep_what_was_public(instance: Any, origin: Any = None, **_signal: Any) -> None:
    """A page that visitors have seen is archived, with its history; it is never deleted."""
    if isinstance(instance, GatedMixin) and instance.first_published_at and not gate.planter():
        raise NotApprovedError(
            _("“%(title)s” was public, so it is taken down and kept, not deleted.") % {"title": instance}
        )


def record_taking_down(instance: Any, **_signal: Any) -> None:
    record(Act.TAKEN_DOWN, instance, None, digest_of(instance))


def connect() -> None:
    page_unpublished.connect(record_taking_down, dispatch_uid="ledger-taken-down-page")
