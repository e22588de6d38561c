from .event_index_page import EventIndexPage
from .event_page import EventKind, EventPage
from .venue import Venue

__all__ = ["EventIndexPage", "EventKind", "EventPage", "Venue"]
