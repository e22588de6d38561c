from .acts import Act
from .claims import Claim, NeededBy
from .gated import GatedMixin
from .keys import RoleGroup, WorkflowKey
from .ledger import LedgerEntry, LedgerPerson
from .release import Release, ReleaseItem
from .restricted_draft import RestrictedDraft, RestrictedThing
from .reviewed_revision import ReviewedRevision
from .submission import SubmissionNote
from .tasks import FourEyesTask

__all__ = [
    "Act",
    "Claim",
    "FourEyesTask",
    "GatedMixin",
    "LedgerEntry",
    "LedgerPerson",
    "NeededBy",
    "Release",
    "ReleaseItem",
    "RestrictedDraft",
    "RestrictedThing",
    "ReviewedRevision",
    "RoleGroup",
    "SubmissionNote",
    "WorkflowKey",
]
