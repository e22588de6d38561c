"""What a form of an original, or of a translation, asks besides its words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug

from approval.text_cleaning import slugify
from translation import originals, progress
from translation.pending import PendingChange, pending

MOST_NAMED = 5
ASKED_WHEN_SENT = {"says_source_version", "same_on_purpose"}
"""Questions that show only once a text was sent, with an answer beside them that sends it all the same."""


@dataclass(frozen=True)
class Confirmation:
    """What a form says of the source version.

    `seen`: the one whose changes the form showed. `checked`: the one that somebody said to have checked. `is_later`:
    it is sent out of date, on purpose.
    """

    seen: str = ""
    checked: str = ""
    is_later: bool = False


class ConfirmationWidget(forms.Widget):
    """The changes of the original that wait for an answer, with links to their places, and the answer for all."""

    source_version = ""
    pending_changes: Callable[[], list[PendingChange]]
    language = ""
    is_asked = False
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Confirmation:
        return Confirmation(data.get(f"{name}-seen", ""), data.get(name, ""), f"{name}-later" in data)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = {
            "name": name,
            "is_checked": isinstance(value, Confirmation) and value.checked == self.source_version,
            "source_version": self.source_version,
            "pending": self.pending_changes(),
            "language": self.language,
            "is_asked": self.is_asked,
        }
        return render_to_string("translation/parts/confirmation.html", shown)


class ConfirmationField(forms.Field):
    widget = ConfirmationWidget

    def clean(self, value: Confirmation) -> Confirmation:
        if value.checked and value.checked != self.widget.source_version:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return value

    def has_changed(self, initial: Any, data: Confirmation | None) -> bool:
        return bool(data and data.checked)


class SourceVersionForm(WagtailAdminPageForm):
    """An original says whether a change matters to its translations; a translation, which source version it says."""

    keeps_source_version = forms.BooleanField(
        required=False,
        label=gettext_lazy("A small correction: the translation stays up to date"),
        help_text=gettext_lazy("For a typo, a comma, a link. Leave it empty when the meaning changes."),
    )
    says_source_version = ConfirmationField(
        required=False,
        label=pgettext_lazy("translation", "Up to date"),
        error_messages={
            "invalid": gettext_lazy(
                "The original was changed once more meanwhile. Look at what changed, then tick this again."
            )
        },
    )
    same_on_purpose = forms.BooleanField(
        required=False, label=gettext_lazy("These parts stay the same in both languages on purpose")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_or_drop_source_version_fields()
        if not self._is_sent_untranslated:
            del self.fields["same_on_purpose"]

    # --- Which questions are asked

    @cached_property
    def original(self) -> Any:
        return originals.original_of(self.instance) if self.instance.pk else None

    @property
    def _is_sent(self) -> bool:
        return bool({"action-submit", "action-restart-workflow"} & set(self.data))

    @cached_property
    def _is_sent_untranslated(self) -> bool:
        return bool(self.original and self.is_bound and {"action-submit", "same_on_purpose"} & set(self.data))

    def _keep_or_drop_source_version_fields(self) -> None:
        public = type(self.instance)._default_manager.filter(pk=self.instance.pk, live=True).first()
        has_translations = public is not None and originals.translations_of(public).exists()
        if self.original or not has_translations:
            del self.fields["keeps_source_version"]
        else:
            draft_is_newer = public.has_unpublished_changes
            self.initial["keeps_source_version"] = (
                draft_is_newer and self.instance.source_version == public.source_version
            )
        if not self.original or self.original.source_version == self.instance.source_version:
            del self.fields["says_source_version"]
        else:
            widget = self.fields["says_source_version"].widget
            widget.source_version = self.original.source_version.isoformat()
            widget.language = self.original.locale.language_code
            widget.pending_changes = self.pending_changes

    def pending_changes(self) -> list[PendingChange]:
        """What still waits for an answer, by what the form says now."""
        return pending(self.instance, self.original)

    # --- Answers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._name_address(cleaned)
        return cleaned

    def _name_address(self, cleaned: dict[str, Any]) -> None:
        """A translation that was never public gets its address from its own title, unless somebody wrote one."""
        is_new = self.original and not self.instance.first_published_at
        if is_new and "title" in self.changed_data and "slug" in cleaned and "slug" not in self.changed_data:
            wanted = slugify(cleaned.get("title", ""))
            if wanted and wanted != self.instance.slug:
                cleaned["slug"] = find_available_slug(self.instance.get_parent(), wanted)

    def _post_clean(self) -> None:
        super()._post_clean()
        if "keeps_source_version" in self.fields:
            self.instance.keeps_source_version = bool(self.cleaned_data.get("keeps_source_version"))
        is_valid = not self.errors  # both questions are asked at once
        if "says_source_version" in self.cleaned_data:
            self._claim_source_version(self.cleaned_data["says_source_version"], is_valid)
        if self._is_sent_untranslated and not self.cleaned_data.get("same_on_purpose"):
            if is_valid:
                self._refuse_untranslated()
            if "same_on_purpose" not in self.errors:
                del self.fields["same_on_purpose"]

    def _claim_source_version(self, said: Confirmation, is_valid: bool) -> None:
        """A translation is current when all that changed was changed here too, or was said to fit; sending asks."""
        if said.checked:
            self.instance.source_version = self.original.source_version
            return
        if not self._is_sent or said.is_later or not is_valid:
            return
        widget = self.fields["says_source_version"].widget
        if said.seen == widget.source_version and not self.pending_changes():
            self.instance.source_version = self.original.source_version
            return
        widget.is_asked = True
        self.add_error("says_source_version", _("Not sent yet: the original changed in more places than this text."))

    def _refuse_untranslated(self) -> None:
        same = progress.untranslated(self.instance, self.original)
        if same:
            named = "; ".join(f"{unit.label}: „{unit.text[:60]}”" for unit in same[:MOST_NAMED])
            self.add_error(
                "same_on_purpose",
                _("Still as in the original (%(count)d): %(pieces)s. Translate them, or tick this box.")
                % {"count": len(same), "pieces": named},
            )
