"""Who is meant by what somebody types at the door, and who may look after whose account."""

from typing import Any

from django.contrib.auth import get_user_model


def account_of(typed: str) -> Any | None:
    """The account of that user name, or else of that e-mail address, however it is written; none that was closed."""
    open_ones = get_user_model()._default_manager.filter(is_active=True).order_by("pk")
    if not (typed := typed.strip()):
        return None
    return open_ones.filter(username__iexact=typed).first() or open_ones.filter(email__iexact=typed).first()


def is_taken(email: str, user: Any = None) -> bool:
    """Whether another account than `user` has this address, or is called so: both open the door."""
    model = get_user_model()
    others = model._default_manager.exclude(pk=user.pk) if user else model._default_manager.all()
    return others.filter(email__iexact=email).exists() or others.filter(username__iexact=email).exists()


def may_manage(user: Any, person: Any) -> bool:
    """Whether `user` may change, close and open the account of `person`: that of an administrator is only theirs."""
    model = get_user_model()._meta
    return user.has_perm(f"{model.app_label}.change_{model.model_name}") and (
        user.is_superuser or not person.is_superuser
    )
