"""The words of mails about accounts."""

from django.utils.translation import gettext_lazy as _

from accounts import invitations
from notifications.kinds import KINDS
from notifications.mail_kind import MailKind

YOUR_ACCOUNT = _("You get this mail because the account has your address.")

ACCOUNT_KINDS = {
    invitations.KIND: MailKind(
        _("An account for you: %(title)s"),
        _(
            "%(who)s made an account for you. You sign in with the name “%(title)s” or with this e-mail address. "
            "Choose a password first: the link works once, until %(time)s."
        ),
        _("Choose a password"),
        _("You get this mail because an administrator of the site typed your address."),
        urgent=True,
        url=invitations.address_of,
    ),
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
    "handed-over": MailKind(
        _("You have work of %(title)s now"),
        _("%(title)s has left. %(who)s gave texts or steps of theirs to you: you find them on your dashboard."),
        _("Open the dashboard"),
        _("You get this mail because somebody else's work is yours now."),
        waits=True,
    ),
    "named-left": MailKind(
        _("%(title)s has left"),
        _(
            "Drafts that are kept to you and other named people were open to %(title)s too, whose account %(who)s "
            "closed. Nobody took their part over: think of who goes on with it."
        ),
        _("Open the dashboard"),
        _("You get this mail because drafts are kept to you and to this person."),
        waits=True,
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
