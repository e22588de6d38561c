"""What the items of every section have: news, events, chapters, members."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import cached_property

from home import places

from .base import BasePage

PLACE = "place"


class ItemPage(BasePage):
    """A page that a `ListingPage` lists."""

    term_fields: ClassVar[Mapping[str, str]] = {}
    """Taxonomy → the field of one or several choices that holds its keys (home/models/terms.py)."""
    term_relations: ClassVar[tuple[str, ...]] = ()
    """Rows that `get_terms` asks besides: they are found together with the page."""

    class Meta:
        abstract = True

    @cached_property
    def index_page(self) -> Any:
        """The front page of the section, above this page."""
        (model,) = self.allowed_parent_page_models()
        return model.objects.parent_of(self).first()

    def get_terms(self) -> set[tuple[str, str]]:
        """(taxonomy, key) of each choice of this page; what is in a district is in its city too."""
        terms = set()
        for taxonomy, field in self.term_fields.items():
            chosen = getattr(self, field) or ()
            keys = {chosen} if isinstance(chosen, str) else set(chosen)
            terms |= {(taxonomy, key) for key in (places.with_parents(keys) if taxonomy == PLACE else keys)}
        return terms

    def search_subjects(self):
        yield self.kind_label
        yield from super().search_subjects()

    def search_labels(self):
        yield from super().search_labels()
        yield from (f"{PLACE}:{key}" for taxonomy, key in self.get_terms() if taxonomy == PLACE)

    @property
    def kind_label(self) -> str:
        """What kind of item it is, in words; "" where the section has no kinds."""
        display = getattr(self, "get_kind_display", None)
        return display() if display else ""
