"""A draft that has no title yet."""

from typing import TYPE_CHECKING

from wagtail.models import Page

from approval.titles import UNTITLED

Host = Page if TYPE_CHECKING else object
"""What the mixin below stands before and calls."""


class UntitledDraftMixin(Host):
    """Put before everything else that makes a page: its title is asked when it is sent."""

    def minimal_clean(self):
        """What Wagtail asks of a draft before it is saved, but for the title."""
        is_untitled = not self.title
        if is_untitled:
            self.title = str(UNTITLED)
        try:
            super().minimal_clean()
        finally:
            if is_untitled:
                self.title = ""

    def get_admin_display_title(self):
        return super().get_admin_display_title() or str(UNTITLED)
