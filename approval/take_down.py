"""Taking a snippet down."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from wagtail.actions.unpublish import UnpublishAction

from approval import archive, schedule
from approval.locks import locked
from approval.permissions import is_in_first_language


class TakeDownAction(UnpublishAction):
    """Wagtail's, which asks for "publish" and so would refuse everybody."""

    permission_policy_action = "unpublish"


@transaction.atomic
def take_down(text: Any, *args: Any, **kwargs: Any) -> None:
    locked(text)
    text.refresh_from_db()  # what somebody decided meanwhile
    TakeDownAction(text, *args, **kwargs).execute()


def shown_with(text: Any) -> QuerySet:
    """Translations that say to readers what their original `text` says, or will by themselves."""
    model = type(text)
    others = model._default_manager.filter(translation_key=text.translation_key).exclude(pk=text.pk)
    return others.select_related("locale").order_by("pk") if is_in_first_language(text) else others.none()


@transaction.atomic
def take_down_with_translations(text: Any, *args: Any, user: Any = None, **kwargs: Any) -> list[Any]:
    """What is wrong in an original is wrong in every language: each goes, with an act of its own in the ledger.

    A translation that waits for its time loses its approval instead: it would go live without its original. Returns
    those that readers had.
    """
    take_down(text, *args, user=user, **kwargs)
    gone = [text]
    for other in shown_with(text):
        other = locked(other)
        if other.live:
            TakeDownAction(other, *args, user=user, **kwargs).execute()
            gone.append(other)
        elif other.scheduled_revision:
            schedule.withdraw(other, user, archive.given_reason())
    return gone
