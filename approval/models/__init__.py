from .claims import Claim, NeededBy
from .gated import GatedMixin
from .keys import RoleGroup, WorkflowKey
from .ledger import Act, LedgerEntry
from .reviewed_revision import ReviewedRevision
from .tasks import FourEyesTask

__all__ = [
    "Act",
    "Claim",
    "FourEyesTask",
    "GatedMixin",
    "LedgerEntry",
    "NeededBy",
    "ReviewedRevision",
    "RoleGroup",
    "WorkflowKey",
]
