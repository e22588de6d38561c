"""What a form of an original, or of a translation, asks besides its words."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from approval import corrections
from approval.digest import digest_of
from translation import changes, facts, machine, originals, progress
from translation.addresses import address_for
from translation.form_fields import Confirmation, ConfirmationField, OnPurpose, OnPurposeField, key_of
from translation.pending import PendingChange, pending
from translation.segments import Segment

MOST_NAMED = 5
ASKED_WHEN_SENT = {"says_source_version", "same_on_purpose", "machine_words_checked"}
"""Questions that show only once a text was sent, with an answer beside them that sends it all the same."""


class SourceVersionForm(WagtailAdminPageForm):
    """An original says whether a change matters to its translations; a translation, which source version it says."""

    keeps_source_version = forms.BooleanField(
        required=False,
        label=gettext_lazy("The change means the same: the translation stays up to date"),
        help_text=gettext_lazy(
            "For a typo, a comma, a link. Leave it empty when the meaning changes. Another date, place, picture or "
            "answer always counts."
        ),
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
    same_on_purpose = OnPurposeField(required=False, label=gettext_lazy("The same in both languages"))

    machine_words_checked = forms.BooleanField(
        required=False, label=gettext_lazy("I checked all that a machine wrote in this text")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keep_or_drop_source_version_fields()
        if not self._is_sent_untranslated:
            del self.fields["machine_words_checked"]
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

    @property
    def _public_original(self) -> Any:
        """The text itself as visitors read it; None for a translation, and for what isn't public."""
        if not self.instance.pk or self.original:
            return None
        return type(self.instance)._default_manager.filter(pk=self.instance.pk, live=True).first()

    def _keep_or_drop_source_version_fields(self) -> None:
        public = self._public_original
        if public is None or not originals.translations_of(public).exists():
            del self.fields["keeps_source_version"]
        else:
            self.initial["keeps_source_version"] = self.instance.meaning_question = self._keeps_meaning(public)
        if not self.original or self.original.source_version == self.instance.source_version:
            del self.fields["says_source_version"]
        else:
            widget = self.fields["says_source_version"].widget
            widget.source_version = self.original.source_version.isoformat()
            widget.language = self.original.locale.language_code
            widget.pending_changes = self.pending_changes
            widget.count = self.count_changes

    def _keeps_meaning(self, public: Any) -> bool:
        """Whether its author said so of the newest draft: only then has it the source version of `public`.

        So have the words of `public` itself, and a small correction, of which nobody said what follows on its return.
        """
        is_the_same = public.has_unpublished_changes and self.instance.source_version == public.source_version
        if not is_the_same or corrections.came_back_as_one(self.instance):
            return False
        return digest_of(self.instance) != digest_of(public)

    def pending_changes(self) -> list[PendingChange]:
        """What still waits for an answer, by what the form says now."""
        return pending(self.instance, self.original)

    def count_changes(self) -> int:
        """How many changes there are, answered or not."""
        before = originals.published_as(self.original, self.instance.source_version)
        return len(changes.differences(before, self.original)) if before is not None else 0

    # --- Answers

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.original and cleaned.get("slug") and cleaned.get("title"):
            cleaned["slug"] = address_for(self.instance, self.original, cleaned["title"], cleaned["slug"])
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if "keeps_source_version" in self.fields:
            said = self.cleaned_data.get("keeps_source_version") and not corrections.is_said(self.data)
            self.instance.keeps_source_version = self.instance.meaning_question = bool(said)
        is_valid = not self.errors  # both questions are asked at once
        if "says_source_version" in self.cleaned_data:
            self._claim_source_version(self.cleaned_data["says_source_version"], is_valid)
        said = self.cleaned_data.get("same_on_purpose") or OnPurpose()
        if self._is_sent_untranslated and not said.all:
            if is_valid:
                self._refuse_untranslated(said.parts)
            if "same_on_purpose" not in self.errors:
                del self.fields["same_on_purpose"]
        if self._is_sent_untranslated and not self.cleaned_data.get("machine_words_checked"):
            if is_valid:
                self._refuse_unchecked()
            if "machine_words_checked" not in self.errors:
                del self.fields["machine_words_checked"]

    def save(self, commit: bool = True) -> Any:
        self.instance.machine_words_checked = self.cleaned_data.get("machine_words_checked", False)
        return super().save(commit)

    def _claim_source_version(self, said: Confirmation, is_valid: bool) -> None:
        """A translation is current when all that changed was changed here too, or was said to fit; sending asks."""
        if said.takes_facts:
            facts.take_over(self.instance, self.original, {one.path for one in self.pending_changes() if one.path})
        if not self._is_sent and not self.instance.workflow_in_progress:
            return  # a draft that is saved, also by itself, claims nothing that can't be unticked again
        if said.checked:
            self.instance.source_version = self.original.source_version
            return
        if not self._is_sent or said.is_later or not is_valid:
            return
        widget = self.fields["says_source_version"].widget
        left = [change for change in self.pending_changes() if change.key not in said.confirmed]
        if said.seen == widget.source_version and not left:
            self.instance.source_version = self.original.source_version
            return
        widget.is_asked = True
        self.add_error("says_source_version", _("Not sent yet: the original changed in more places than this text."))

    def _refuse_untranslated(self, on_purpose: frozenset[str]) -> None:
        widget = self.fields["same_on_purpose"].widget
        widget.same = progress.untranslated(self.instance, self.original)
        widget.language = self.original.locale.language_code
        same = [unit for unit in widget.same if key_of(unit) not in on_purpose]
        if same:
            words = _("Still as in the original (%(count)d): %(pieces)s. Translate them, or tick those that stay so.")
            self.add_error("same_on_purpose", words % _named(same))

    def _refuse_unchecked(self) -> None:
        if unchecked := machine.unchecked(self.instance):
            words = _("Written by a machine (%(count)d): %(pieces)s. Read them, correct what is wrong, then tick this.")
            self.add_error("machine_words_checked", words % _named(unchecked))


def _named(units: list[Segment]) -> dict[str, Any]:
    return {
        "count": len(units),
        "pieces": "; ".join(f"{unit.label}: „{strip_tags(unit.text)[:60]}”" for unit in units[:MOST_NAMED]),
    }
