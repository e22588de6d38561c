"""What is told to the owner of an account when somebody, perhaps a thief, changes how it is reached or opened."""

import uuid
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth import get_user_model
from django.db.models.signals import pre_save
from django.urls import reverse

from accounts.second_factor import FACTORS
from notifications import outbox
from notifications.links import absolute


def connect() -> None:
    pre_save.connect(tell_new_address, sender=get_user_model(), dispatch_uid="tell-new-address")
    authenticator_added.connect(_tell_added, dispatch_uid="tell-second-factor")
    authenticator_removed.connect(_tell_removed, dispatch_uid="tell-second-factor")


def tell_new_address(instance: Any, raw: bool = False, update_fields: Any = None, **_signal: Any) -> None:
    """The old address hears of it, whoever changed it and on whichever screen; so does the new one."""
    if raw or not instance.pk or (update_fields is not None and "email" not in update_fields):
        return
    old = type(instance)._default_manager.filter(pk=instance.pk).values_list("email", flat=True).first()
    if not old or old.casefold() == instance.email.casefold():
        return
    facts, event = {"title": instance.get_username()}, _event(instance)
    outbox.write_to_address(event, "address-left", old, instance.preferred_language, facts)
    if instance.email:
        facts["url"] = absolute(reverse("wagtailadmin_account"))
        outbox.write_to_address(event, "address-new", instance.email, instance.preferred_language, facts)


def _tell_added(user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    _tell_factor("factor-added", user, authenticator)


def _tell_removed(user: Any, authenticator: Authenticator, **_signal: Any) -> None:
    _tell_factor("factor-removed", user, authenticator)


def _tell_factor(kind: str, user: Any, authenticator: Authenticator) -> None:
    """Codes for the drawer come and go with the others."""
    if authenticator.type in FACTORS:
        facts = {"title": user.get_username(), "url": absolute(reverse("mfa_index"))}
        outbox.write(_event(user), kind, [user], facts)


def _event(user: Any) -> str:
    return f"account:{user.pk}:{uuid.uuid4().hex}"
