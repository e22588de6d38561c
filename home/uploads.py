"""The forms for pictures and documents: only what opens to its last byte, or is what its name says, is taken.

Not in forms.py, which the models import: Wagtail's forms for files ask for the models themselves. The cheap questions
come first: how large, by the bytes that came and by what the header says; then what is in it; a virus scanner is last.
"""

import logging
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField

from approval.file_forms import DocumentForm, ImageForm
from home.file_contents import Problem, problem_of
from home.picture_bounds import bounds_of
from home.virus_scan import ScannerAwayError, find_virus

log = logging.getLogger(__name__)


class WholeImageField(WagtailImageField):
    """An image field that looks at the header first, and then opens the picture to its last byte.

    Wagtail would read and decode what it refuses in the end. A file that was cut off while it was sent would break
    every page that shows it; one cut off in its header answers 500.
    """

    def to_python(self, data: Any) -> Any:
        try:
            if data:
                self._check_bounds(data)
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for a broken file
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error

    def _check_bounds(self, data: Any) -> None:
        self.check_image_file_size(data)
        bounds = bounds_of(data)
        if bounds.pixels > self.max_image_pixels:
            figures = {"num_pixels": bounds.pixels, "max_pixels_count": self.max_image_pixels}
            raise ValidationError(self.error_messages["file_too_many_pixels"] % figures, code="file_too_many_pixels")
        if bounds.is_moving:
            said = _("This picture moves, and the site shows still ones only. Save one moment of it, and add that.")
            raise ValidationError(said, code="moving")


class SiteImageForm(ImageForm):
    """Stands in settings as WAGTAILIMAGES_IMAGE_FORM_BASE."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if stock := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=stock.label, widget=stock.widget, required=stock.required, help_text=stock.help_text
            )
            say_limit(self.fields["file"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            refuse_virus(file)
        return file


class SiteDocumentForm(DocumentForm):
    """Stands in settings as WAGTAILDOCS_DOCUMENT_FORM_BASE.

    A new document begins in the language of the last one that this person added: many at once are sent without one.
    """

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if "file" in self.fields:
            say_limit(self.fields["file"])
        if "language" in self.fields and self.instance.pk is None:
            mine = type(self.instance).objects.filter(uploaded_by_user=user).order_by("-pk")
            if last := mine.values_list("language", flat=True).first():
                self.instance.language = self.initial["language"] = last
            self.fields["language"].required = not self.is_bound or self.add_prefix("language") in self.data

    def _post_clean(self) -> None:
        """After the model has looked at the name: without a file it would complain of a name that isn't there."""
        refused = self.errors.get("file")
        reasons = len(refused or ())
        super()._post_clean()
        if refused:
            del refused.data[reasons:]  # of an empty file the model sees no name either
        if "file" not in self.changed_data or "file" in self.errors:
            return
        file = self.cleaned_data["file"]
        extension = Path(file.name).suffix.lower().removeprefix(".")
        try:
            if problem := problem_of(file, extension):
                raise ValidationError(_said(problem, extension), code=problem.value)
            refuse_virus(file)
        except ValidationError as error:
            self.add_error("file", error)


def say_limit(field: Any) -> None:
    """For the script that names a file beside its field before it is sent."""
    words = field.error_messages["file_too_large_unknown_size"]
    field.widget.attrs |= {"data-most-bytes": field.max_upload_size, "data-too-large": words}


def _said(problem: Problem, extension: str) -> str:
    """What is wrong, and what to do."""
    sentences = {
        Problem.OTHER_CONTENT: _(
            "The name of this file ends with .%(extension)s, but its content is something else. "
            "Open it in the program that made it, save it as %(extension)s, and add it again."
        ),
        Problem.LOCKED: _(
            "This file is locked with a password, or was saved by a very old program. "
            "Save it without a password as %(extension)s, and add it again."
        ),
        Problem.ACTS: _(
            "This file holds macros or other programs, which could harm whoever opens it. "
            "Save it without them, or as a PDF, and add that."
        ),
        Problem.TOO_MUCH: _(
            "What is packed in this file is too large. Add its parts one by one, or make them smaller."
        ),
        Problem.TWO_FILES: _(
            "Something else hangs on this file. Open it in the program that made it, save it anew, and add that."
        ),
    }
    return sentences[problem] % {"extension": extension}


def refuse_virus(file: IO[bytes]) -> None:
    """Raises ValidationError for a file with a virus, and for one that the scanner should have looked at and can't."""
    try:
        virus = find_virus(file)
    except ScannerAwayError as error:
        log.exception("No file can be added: the virus scanner doesn't answer")
        said = _("The virus scanner doesn't answer, so this file was not taken. Try again in a few minutes.")
        raise ValidationError(said, code="scanner-away") from error
    if virus:
        log.warning("Refused a file with a virus: %s", virus)
        said = _("The virus scanner found “%(virus)s” in this file, so it was not taken. Tell whoever sent it to you.")
        raise ValidationError(said % {"virus": virus}, code="virus")
