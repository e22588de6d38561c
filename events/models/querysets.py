"""Questions that are asked of events."""

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from events.accessibility import Answer
from home.models.item_page import PLACE
from home.models.querysets import SitePageQuerySet


class EventQuerySet(SitePageQuerySet):
    def upcoming(self):
        """What has not ended yet, soonest first. By the bare field, PostgreSQL would begin to read with the oldest."""
        return self.filter(end__gte=timezone.now()).order_by(Coalesce("start", "end"), "pk")

    def past(self):
        """What has ended, latest first."""
        return self.filter(end__lt=timezone.now()).order_by("-start", "-pk")

    def of_kind(self, kind: str):
        return self.filter(kind=kind)

    def in_district(self, key: str):
        """Events in a district, or in a whole city."""
        return self.with_term(PLACE, key)

    def with_access(self, fact: str):
        """Events that are sure to have `fact` (a name in VenueAccessMixin.FACTS)."""
        return self.filter(has_fact(fact))


def has_fact(fact: str) -> Q:
    """Of events: that `fact` is sure, by what they say themselves, else by what their place says."""
    by_place = Q(**{fact: Answer.UNKNOWN, "venue__live": True, f"venue__{fact}": Answer.YES})
    return Q(**{fact: Answer.YES}) | by_place
