"""The forms for pictures and documents: only what opens to its last byte, or is what its name says, is taken.

Not in forms.py, which the models import: Wagtail's forms for files ask for the models themselves.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.fields import WagtailImageField

from approval.file_forms import DocumentForm, ImageForm
from home.file_contents import is_what_it_says


class WholeImageField(WagtailImageField):
    """An image field that opens the picture to its last byte.

    Wagtail reads the header only: a file that was cut off while it was sent would be taken, and break every page
    that shows it; one cut off in its header answers 500. Reading it costs a second or two, once.
    """

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                with Image.open(file) as picture:
                    picture.load()
                file.seek(0)
        except (OSError, SyntaxError) as error:  # what Pillow raises for a broken file
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        return file


class SiteImageForm(ImageForm):
    """Stands in settings as WAGTAILIMAGES_IMAGE_FORM_BASE."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=stock.label, widget=stock.widget, required=stock.required, help_text=stock.help_text
            )


class SiteDocumentForm(DocumentForm):
    """Stands in settings as WAGTAILDOCS_DOCUMENT_FORM_BASE.

    A new document begins in the language of the last one that this person added: many at once are sent without one.
    """

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "language" in self.fields and self.instance.pk is None:
            mine = type(self.instance).objects.filter(uploaded_by_user=user).order_by("-pk")
            if last := mine.values_list("language", flat=True).first():
                self.instance.language = self.initial["language"] = last
            self.fields["language"].required = not self.is_bound or self.add_prefix("language") in self.data

    def _post_clean(self) -> None:
        """After the model has looked at the name: without a file it would complain of a name that isn't there."""
        super()._post_clean()
        if "file" not in self.changed_data or "file" in self.errors:
            return
        file = self.cleaned_data["file"]
        extension = Path(file.name).suffix.lower().removeprefix(".")
        if not is_what_it_says(file, extension):
            message = _(
                "The name of this file ends with .%(extension)s, but its content is something else. "
                "Open it in the program that made it, save it as %(extension)s, and add it again."
            )
            self.add_error("file", ValidationError(message % {"extension": extension}, code="other-content"))
