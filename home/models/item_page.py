"""What the items of every section have: news, events, chapters, members."""

from typing import Any

from django.utils.functional import cached_property

from .base import BasePage


class ItemPage(BasePage):
    """A page that a `ListingPage` lists."""

    class Meta:
        abstract = True

    @cached_property
    def index_page(self) -> Any:
        """The front page of the section, above this page."""
        (model,) = self.allowed_parent_page_models()
        return model.objects.parent_of(self).first()

    @property
    def kind_label(self) -> str:
        """What kind of item it is, in words; "" where the section has no kinds."""
        display = getattr(self, "get_kind_display", None)
        return display() if display else ""
