from .gated import GatedMixin
from .ledger import Act, LedgerEntry
from .tasks import FourEyesTask

__all__ = ["Act", "FourEyesTask", "GatedMixin", "LedgerEntry"]
