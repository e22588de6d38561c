from .claims import Claim, NeededBy
from .gated import GatedMixin
from .keys import RoleGroup, WorkflowKey
from .ledger import Act, LedgerEntry
from .outbox import MailChoice, OutgoingMail
from .shown import ShownRevision
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
    "RoleGroup",
    "ShownRevision",
    "WorkflowKey",
]
