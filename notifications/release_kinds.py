"""The words of mails about texts that go live together."""

from django.utils.translation import gettext_lazy as _

from notifications.mail_kind import OPEN, READ, YOUR_TEXT, MailKind

SEE_BOTH = _("See where both stand")
CONCERNED = _("Everybody who works on one of the two texts gets this mail, and every coordinator.")
YOUR_PAIR = _("You get this mail because you write, translate, read or approve one of the two texts.")
TOGETHER = _("To go live together with its other language: %(title)s")
APART = _("No longer goes live together with its other language: %(title)s")

RELEASE_KINDS = {
    "together": MailKind(
        TOGETHER,
        _("%(who)s arranged that this text and its other language go live together, as soon as both are approved."),
        SEE_BOTH,
        YOUR_PAIR,
    ),
    "together-at": MailKind(
        TOGETHER,
        _(
            "%(who)s arranged that this text and its other language go live together on %(time)s. "
            "If one isn't ready then, both wait for it."
        ),
        SEE_BOTH,
        YOUR_PAIR,
    ),
    "together-at-alone": MailKind(
        TOGETHER,
        _(
            "%(who)s arranged that this text and its other language go live together on %(time)s. "
            "If the translation isn't ready then, the original goes live alone."
        ),
        SEE_BOTH,
        YOUR_PAIR,
    ),
    "together-moved": MailKind(
        _("Another time, %(time)s: %(title)s"),
        _("%(who)s set another time for this text and its other language. Both go live together on %(time)s."),
        SEE_BOTH,
        YOUR_PAIR,
    ),
    "together-moved-ready": MailKind(
        _("No set time any more: %(title)s"),
        _(
            "%(who)s took away the set time. This text and its other language go live together "
            "as soon as both are approved."
        ),
        SEE_BOTH,
        YOUR_PAIR,
    ),
    "together-ended": MailKind(
        APART,
        _("This text and its other language no longer go live together (%(who)s). Each of them goes its own way."),
        OPEN,
        YOUR_PAIR,
    ),
    "together-ended-again": MailKind(
        APART,
        _(
            "This text and its other language no longer go live together (%(who)s). Each of them goes its own way. "
            "What was approved to go live together has to be sent and approved again."
        ),
        OPEN,
        YOUR_PAIR,
        waits=True,
    ),
    "held": MailKind(
        _("Approved, goes live with its other language: %(title)s"),
        _("%(who)s approved this text. It will be published by itself together with its other language."),
        OPEN,
        YOUR_TEXT,
    ),
    "released": MailKind(
        _("Published in both languages: %(title)s"),
        _("Visitors can read this text now, and its other language as well."),
        READ,
        YOUR_TEXT,
    ),
    "held-back-together": MailKind(
        _("Not published with its other language: %(title)s"),
        _(
            "This text and its other language are approved, but they can't be published as they are. The approval "
            "stays: both go live by themselves as soon as what stands in their way is gone. Or correct what is named "
            "below and send it again."
        ),
        OPEN,
        _("The authors of a text and every coordinator get this mail."),
        waits=True,
        urgent=True,
    ),
    "release-soon": MailKind(
        _("Goes live on %(time)s, and isn't ready: %(title)s"),
        _(
            "This text and its other language go live together on %(time)s, and one of them isn't approved yet. "
            "If it isn't by then, both wait for it."
        ),
        SEE_BOTH,
        CONCERNED,
        waits=True,
        names_missing=True,
    ),
    "release-soon-alone": MailKind(
        _("Goes live on %(time)s, and isn't ready: %(title)s"),
        _(
            "This text and its other language go live together on %(time)s, and one of them isn't approved yet. "
            "If it isn't by then, the original goes live alone, and the translation follows when it is approved."
        ),
        SEE_BOTH,
        CONCERNED,
        waits=True,
        names_missing=True,
    ),
    "release-late": MailKind(
        _("Not public yet, because one language isn't ready: %(title)s"),
        _(
            "This text and its other language were to go live on %(time)s, and one of them isn't approved yet. "
            "Both wait, and go live by themselves as soon as it is."
        ),
        SEE_BOTH,
        CONCERNED,
        waits=True,
        urgent=True,
        names_missing=True,
    ),
    "release-late-alone": MailKind(
        _("Not public yet, because the original isn't ready: %(title)s"),
        _(
            "This text and its translation were to go live on %(time)s, and the original isn't approved yet. "
            "It goes live by itself as soon as it is. The translation goes live with it, "
            "or later, when it is approved."
        ),
        SEE_BOTH,
        CONCERNED,
        waits=True,
        urgent=True,
        names_missing=True,
    ),
    "release-went-alone": MailKind(
        _("Public without its translation: %(title)s"),
        _(
            "The set time has come, and the original is public. Its translation isn't ready: "
            "it goes live by itself as soon as it is approved."
        ),
        SEE_BOTH,
        YOUR_PAIR,
        waits=True,
        names_missing=True,
    ),
}
