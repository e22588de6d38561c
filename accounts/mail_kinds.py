"""The words of mails about accounts."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import KINDS
from notifications.mail_kind import MailKind

YOUR_ACCOUNT = _("You get this mail because the account has your address.")

ACCOUNT_KINDS = {
    "address-left": MailKind(
        _("Your e-mail address was changed"),
        _(
            "The account “%(title)s” has another e-mail address now, and no mail goes here any more. "
            "If it wasn't you, tell an administrator at once."
        ),
        "",
        _("You get this mail because the account had your address."),
        urgent=True,
    ),
    "address-new": MailKind(
        _("This is your e-mail address now"),
        _("The mails for the account “%(title)s” come here from now on."),
        _("Open your account"),
        YOUR_ACCOUNT,
        urgent=True,
    ),
    "factor-added": MailKind(
        _("A new second factor"),
        _(
            "The account “%(title)s” has a new second factor for signing in. "
            "If it wasn't you, tell an administrator at once, and choose a new password."
        ),
        _("See your second factors"),
        YOUR_ACCOUNT,
        urgent=True,
    ),
    "factor-removed": MailKind(
        _("A second factor was removed"),
        _(
            "The account “%(title)s” has one second factor less for signing in. "
            "If it wasn't you, tell an administrator at once, and choose a new password."
        ),
        _("See your second factors"),
        YOUR_ACCOUNT,
        urgent=True,
    ),
}


def register() -> None:
    """They stand with the kinds of the room below, which knows of none of them."""
    KINDS.update(ACCOUNT_KINDS)
