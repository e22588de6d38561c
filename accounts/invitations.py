"""A link by which somebody comes: signed, good for a week, and once. A mail scanner that opens it changes nothing."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import second_factor
from accounts.models import Invitation
from notifications import outbox
from notifications.links import absolute
from notifications.models import OutgoingMail

KIND = "invited"
_signer = Signer(salt="accounts.invitation")


@transaction.atomic
def send(user: Any, by: Any, *, is_first: bool = False) -> Invitation:
    """Invites `user`, or again: the links before open nothing from now on. Whoever is in already isn't asked.

    `is_first`: the account was made just now.
    """
    if user.is_active:
        raise ValueError("Somebody with an open account needs no invitation.")
    invitation, _created = Invitation.objects.select_for_update().get_or_create(
        user=user, defaults={"is_first": is_first}
    )
    invitation.number += 1
    invitation.invited_by, invitation.sent_at, invitation.accepted_at = by, timezone.now(), None
    invitation.save()
    _drop_mails(invitation)
    facts = {
        "title": user.get_username(),
        "who": by.name,
        "time": invitation.open_until.isoformat(),
        "invitation": invitation.pk,
    }
    event = f"invited:{invitation.pk}:{invitation.number}"
    outbox.write_to_address(event, KIND, user.email, user.preferred_language, facts)
    return invitation


def address_of(mail: OutgoingMail) -> str:
    """Where the receiver of `mail` comes in, made when the letter is written: no table holds a link."""
    invitation = Invitation.objects.pending().filter(pk=mail.facts.get("invitation")).first()
    if invitation is None or mail.event != f"invited:{invitation.pk}:{invitation.number}":
        return absolute(reverse("account_login"))
    return absolute(reverse("account_invitation", args=(token_of(invitation),)))


def token_of(invitation: Invitation) -> str:
    return _signer.sign(f"{invitation.pk}-{invitation.number}")


def find(token: str, *, lock: bool = False) -> Invitation | None:
    """The invitation that `token` opens now; None where it is forged, used, too old, withdrawn or followed by another.

    `lock`: nobody else comes by it until the transaction ends.
    """
    try:
        pk, _sign, number = _signer.unsign(token).partition("-")
    except BadSignature:
        return None
    found = Invitation.objects.open().filter(pk=pk, number=number, user__is_active=False)
    return (found.select_for_update(of=("self",)) if lock else found).select_related("user").first()


@transaction.atomic
def accept(token: str, password: str) -> Invitation | None:
    """Whoever has the link chooses `password`, and the account is theirs; None where it opens nothing any more."""
    invitation = find(token, lock=True)
    if invitation is None:
        return None
    user = invitation.user
    user.set_password(password)
    user.is_active = True
    user.save()
    second_factor.end_sessions(user)
    invitation.accepted_at, invitation.is_first = timezone.now(), False
    invitation.save()
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation) -> None:
    """The link opens nothing any more. An account that was made for it goes; one of somebody who left stays closed."""
    _drop_mails(invitation)
    if invitation.is_first:
        invitation.user.delete()
    else:
        invitation.delete()


def _drop_mails(invitation: Invitation) -> None:
    waiting = OutgoingMail.objects.waiting().filter(kind=KIND, facts__invitation=invitation.pk)
    waiting.update(state=OutgoingMail.State.DROPPED)
