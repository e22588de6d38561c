"""Who has which window of the street."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from coalition import facade

GIVE_ATTEMPTS = 20


class FacadeSlot(models.Model):
    """The window that a member has in its house, for good: nobody's window moves.

    Kept apart from the page, so that neither a revision nor a deleted page changes it. The slot
    of a member who left stays empty until they come back.
    """

    zone = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    member = models.UUIDField()  # the page's translation key, the same in all languages

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["zone", "number"], name="one_member_a_window"),
            models.UniqueConstraint(fields=["zone", "member"], name="one_window_a_member"),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.number}"

    @classmethod
    def by_zone(cls) -> dict[str, dict[int, UUID]]:
        """Zone → slot number → the member's translation key."""
        zones: dict[str, dict[int, UUID]] = {}
        for zone, number, member in cls.objects.values_list("zone", "number", "member"):
            zones.setdefault(zone, {})[number] = member
        return zones

    @classmethod
    def give(cls, member: Any) -> None:
        """Give `member` the lowest free window of its house, unless it has one there already."""
        for _attempt in range(GIVE_ATTEMPTS):
            if cls.objects.filter(zone=member.zone, member=member.translation_key).exists():
                return
            taken = cls.objects.filter(zone=member.zone).values_list("number", flat=True)
            number = facade.free_slot(member.zone, set(taken))
            try:
                with transaction.atomic():
                    cls.objects.create(zone=member.zone, number=number, member=member.translation_key)
            except IntegrityError:
                continue  # somebody took this window meanwhile: try the next one
            return
        raise RuntimeError(f"No window could be had for {member} in {member.zone}.")
