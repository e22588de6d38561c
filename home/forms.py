"""Forms of the admin that differ from Wagtail's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from approval.models.gated import MOVES_PUBLIC_PAGES, moves_public_pages
from translation.forms import SourceVersionForm


class SitePageForm(SourceVersionForm):
    """Tells a change from no change, as an approval given in the editor depends on it.

    An approval is for the words that were read: a form that counts as changed makes a new revision, which nobody
    has approved. For a field whose default is a function (today's date) Django looks for a hidden copy of the
    initial value, which Wagtail's panels don't print, and so takes it for changed each time. Delete this when they do.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = False

    def clean(self) -> dict[str, Any]:
        """The database counts hours from Greenwich, and the first ones of all time are before its beginning."""
        cleaned = super().clean()
        for name in ("go_live_at", "expire_at"):
            if cleaned.get(name) and not 1 < cleaned[name].year < 9999:
                self.add_error(name, _("Choose a year that people live to see."))
        return cleaned

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if moves_public_pages(self.instance, slug):
            raise ValidationError(MOVES_PUBLIC_PAGES)
        return slug
