"""The words of each kind of mail, and how soon it has to arrive."""

from django.utils.translation import gettext_lazy as _

from notifications.links import new_password_url
from notifications.mail_kind import COORDINATION, DECIDE, OPEN, READ, YOUR_STEP, YOUR_TEXT, MailKind
from notifications.release_kinds import RELEASE_KINDS

KINDS = {
    "submitted": MailKind(
        _("Waits for you: %(title)s"),
        _("%(who)s submitted this text. Now the step “%(step)s” waits for you."),
        DECIDE,
        YOUR_STEP,
        waits=True,
    ),
    "passed-on": MailKind(
        _("Waits for you: %(title)s"),
        _("%(who)s read this text and passed it on. Now the step “%(step)s” waits for you."),
        DECIDE,
        YOUR_STEP,
        waits=True,
    ),
    "commented": MailKind(
        _("Passed on with a comment: %(title)s"),
        _("%(who)s read this text, passed it on and left a comment."),
        OPEN,
        YOUR_TEXT,
    ),
    "rejected": MailKind(
        _("Returned for corrections: %(title)s"),
        _("%(who)s returned this text for corrections."),
        _("Correct the text"),
        YOUR_TEXT,
        waits=True,
    ),
    "comments": MailKind(
        _("Comments on: %(title)s"),
        _("%(who)s commented beside this text."),
        OPEN,
        _("You get this mail because you follow the comments on this text."),
    ),
    "published": MailKind(
        _("Published: %(title)s"),
        _("%(who)s approved this text, and visitors can read it now."),
        READ,
        YOUR_TEXT,
    ),
    "due": MailKind(
        _("Published: %(title)s"),
        _("The approved time has come, and visitors can read this text now."),
        READ,
        YOUR_TEXT,
    ),
    "published-early": MailKind(
        _("Published: %(title)s"),
        _("%(who)s published this approved text without waiting for its time. Visitors can read it now."),
        READ,
        YOUR_TEXT,
    ),
    "scheduled": MailKind(
        _("Approved, goes live on %(time)s: %(title)s"),
        _("%(who)s approved this text. It will be published by itself on %(time)s."),
        OPEN,
        YOUR_TEXT,
    ),
    "moved": MailKind(
        _("Another time, %(time)s: %(title)s"),
        _("%(who)s set another time for this approved text. It will be published by itself on %(time)s."),
        OPEN,
        YOUR_TEXT,
    ),
    "held-back": MailKind(
        _("Not published at its time: %(title)s"),
        _(
            "The approved time of this text, %(time)s, has come, but it can't be published as it is. Its approval "
            "stays: it goes live by itself as soon as what stands in its way is gone. Or correct the text and send "
            "it again, or withdraw the approval."
        ),
        OPEN,
        _("The authors of a text and every coordinator get this mail."),
        waits=True,
        urgent=True,
    ),
    "withdrawn": MailKind(
        _("Approval withdrawn: %(title)s"),
        _("%(who)s withdrew the approval before its time. The text will not be published until it is approved again."),
        OPEN,
        YOUR_TEXT,
        waits=True,
    ),
    "emergency": MailKind(
        _("Published in an emergency: %(title)s"),
        _(
            "%(who)s published this text without approval. Somebody who did not write it has to confirm it, "
            "or put the last approved version back."
        ),
        _("Check it now"),
        COORDINATION,
        waits=True,
        urgent=True,
    ),
    "confirmed": MailKind(
        _("Emergency publication confirmed: %(title)s"),
        _("%(who)s confirmed what had been published in an emergency."),
        OPEN,
        COORDINATION,
    ),
    "restored": MailKind(
        _("Approved version put back: %(title)s"),
        _("%(who)s put a version back that was approved before. Visitors see it again."),
        OPEN,
        COORDINATION,
    ),
    "taken-down": MailKind(
        _("Taken down: %(title)s"),
        _("%(who)s took this page down. Visitors cannot read it any more; it is kept with its history."),
        OPEN,
        COORDINATION,
        urgent=True,
    ),
    "asked-to-open": MailKind(
        _("To be open to everybody: %(title)s"),
        _("%(who)s asks to open this private page. It stays private until somebody else agrees."),
        DECIDE,
        COORDINATION,
        waits=True,
    ),
    "opened": MailKind(
        _("Open to everybody: %(title)s"),
        _("%(who)s let this page, which was private, be open. Everybody can read it now."),
        READ,
        COORDINATION,
    ),
    "kept-private": MailKind(
        _("Stays private: %(title)s"),
        _("%(who)s decided that this page stays private."),
        OPEN,
        COORDINATION,
    ),
    "expired": MailKind(
        _("Taken down at its time: %(title)s"),
        _("The approved last day has passed, and visitors cannot read this text any more."),
        OPEN,
        COORDINATION,
    ),
    "overridden": MailKind(
        _("Opened by an administrator: %(title)s"),
        _("%(who)s opened this text, which was kept to you and other named people, and is one of them from now on."),
        OPEN,
        _("Everybody to whom a text is kept gets this mail."),
        urgent=True,
    ),
    "no-longer-named": MailKind(
        _("No longer open to you: %(title)s"),
        _("%(who)s took you out of the people to whom this text is kept."),
        _("Open the dashboard"),
        _("You get this mail because the text was open to you until now."),
        urgent=True,
    ),
    "soon": MailKind(
        _("Needed by %(day)s: %(title)s"),
        _("This text is needed by %(day)s and still waits for the step “%(step)s”."),
        DECIDE,
        YOUR_STEP,
        waits=True,
    ),
    "overdue": MailKind(
        _("Overdue since %(day)s: %(title)s"),
        _("This text was needed by %(day)s and still waits for the step “%(step)s”."),
        DECIDE,
        YOUR_STEP,
        waits=True,
    ),
    "soon-yours": MailKind(
        _("Needed by %(day)s: %(title)s"),
        _("This text is needed by %(day)s. It is with you: nobody can approve it before you submit it."),
        OPEN,
        YOUR_TEXT,
        waits=True,
    ),
    "overdue-yours": MailKind(
        _("Overdue since %(day)s: %(title)s"),
        _("This text was needed by %(day)s. It is with you: nobody can approve it before you submit it."),
        OPEN,
        YOUR_TEXT,
        waits=True,
    ),
    "password": MailKind(
        _("A new password"),
        _(
            "Somebody asked for a new password for the account “%(title)s”. If it wasn't you, there is nothing to do: "
            "the old password stays."
        ),
        _("Choose a new password"),
        _("You get this mail because the account has your address."),
        urgent=True,
        url=new_password_url,
    ),
    **RELEASE_KINDS,
}
