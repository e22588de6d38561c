"""Members of the coalition, their windows in the street, and their index."""

from coalition.models.facade_slot import FacadeSlot
from coalition.models.index_page import CoalitionIndexPage
from coalition.models.member_page import Field, MemberKind, MemberPage

__all__ = ["CoalitionIndexPage", "FacadeSlot", "Field", "MemberKind", "MemberPage"]
