"""What a kind of mail is, and the words that several kinds share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MailKind:
    """Lazy strings with places for facts: %(title)s, %(who)s, %(step)s, %(day)s, %(time)s.

    `why` says to the receiver why they get it. `waits`: the receiver has something to do, so it
    also goes to those who want only that. `urgent`: goes to everybody at once, whatever they chose.
    `names_missing`: it is about texts that go live together, and names those that aren't approved, and who has them.
    `url`: makes an address for the receiver of a row alone when the letter is written, so that no table holds it.
    """

    subject: Any
    lead: Any
    action: Any
    why: Any
    waits: bool = False
    urgent: bool = False
    names_missing: bool = False
    url: Callable[[Any], str] | None = None


YOUR_STEP = _("You get this mail because you can take this step.")
YOUR_TEXT = _("You get this mail because you worked on this text.")
COORDINATION = _("Every coordinator gets this mail.")
DECIDE = _("Read and decide")
OPEN = _("Open the text")
READ = _("See it on the site")
