"""What a form of an original, or of a translation, asks besides its words."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug

from approval import dates
from approval.text_cleaning import slugify
from translation import drafts, originals

MOST_NAMED = 5


class SourceVersionForm(WagtailAdminPageForm):
    """An original says whether a change matters to its translations; a translation, which source version it says."""

    keeps_source_version = forms.BooleanField(
        required=False,
        label=gettext_lazy("A small correction: the translation stays up to date"),
        help_text=gettext_lazy("For a typo, a comma, a link. Leave it empty when the meaning changes."),
    )
    says_source_version = forms.MultipleChoiceField(
        required=False,
        label=pgettext_lazy("translation", "Up to date"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy(
                "The original was changed once more meanwhile. Look at what changed, then tick this again."
            )
        },
    )
    same_on_purpose = forms.BooleanField(
        required=False, label=gettext_lazy("These pieces stay the same in both languages on purpose")
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
            source_version = self.original.source_version
            words = _("This translation says what the original says since %(day)s.") % {
                "day": dates.day(source_version)
            }
            self.fields["says_source_version"].choices = [(source_version.isoformat(), words)]

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
        if self.cleaned_data.get("says_source_version"):
            self.instance.source_version = self.original.source_version
        if self._is_sent_untranslated and not self.errors and not self.cleaned_data.get("same_on_purpose"):
            self._refuse_untranslated()

    def _refuse_untranslated(self) -> None:
        same = drafts.untranslated(self.instance, self.original)
        if same:
            named = "; ".join(f"{unit.label}: „{unit.text[:60]}”" for unit in same[:MOST_NAMED])
            self.add_error(
                "same_on_purpose",
                _("Still as in the original (%(count)d): %(pieces)s. Translate them, or tick this box.")
                % {"count": len(same), "pieces": named},
            )
