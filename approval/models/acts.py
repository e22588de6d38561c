"""What the ledger records, and what follows from each."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    PUBLISHED = "published", _("published after approval")
    CORRECTED = "corrected", _("small correction published")
    SCHEDULED = "scheduled", _("approved for a later time")
    HELD = "held", _("approved, goes live together with others")
    WITHDRAWN = "withdrawn", _("approval withdrawn")
    EMERGENCY = "emergency", _("published in an emergency")
    CONFIRMED = "confirmed", _("emergency publication confirmed")
    TAKEN_DOWN = "taken-down", _("taken down")
    RESTORED = "restored", _("approved version put back")
    SEEDED = "seeded", _("published by an operator's command")
    JOINED = "joined", _("to go live together with others")
    MOVED = "moved", _("time of going live together changed")
    LEFT = "left", _("no longer goes live together with others")
    CLOSED = "closed", _("made private")
    ASKED = "asked", _("asked to open a private page")
    OPENED = "opened", _("open to everybody")
    KEPT = "kept", _("stays private")


PUBLISHING_ACTS = (Act.PUBLISHED, Act.CORRECTED, Act.EMERGENCY, Act.RESTORED, Act.SEEDED)
INDEPENDENT_ACTS = (Act.PUBLISHED, Act.CORRECTED, Act.RESTORED, Act.SEEDED)
# The newest of these says whether, and as which version, a text waits.
APPROVED_FOR_LATER = (Act.SCHEDULED, Act.HELD)
WAITING_ACTS = (*APPROVED_FOR_LATER, Act.WITHDRAWN)
# The newest of these says whether everybody may read a page, and whether somebody asks that they may.
PRIVACY_ACTS = (Act.CLOSED, Act.ASKED, Act.OPENED, Act.KEPT)
# A confirmation is always of the newest emergency, and so settles the ones before it.
SETTLING_ACTS = (*INDEPENDENT_ACTS, Act.CONFIRMED, Act.TAKEN_DOWN)
