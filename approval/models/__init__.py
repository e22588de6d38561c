from .claims import Claim, NeededBy
from .gated import GatedMixin
from .keys import RoleGroup, WorkflowKey
from .ledger import Act, LedgerEntry
from .outbox import MailChoice, OutgoingMail
from .shown import ReviewedRevision
from .tasks import FourEyesTask

__all__ = [
    "Act",
    "Claim",
    "FourEyesTask",
    "GatedMixin",
    "LedgerEntry",
    "MailChoice",
    "NeededBy",
    "OutgoingMail",
    "ReviewedRevision",
    "RoleGroup",
    "WorkflowKey",
]
