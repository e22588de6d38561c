"""What a form of an original, or of a translation, asks besides its words."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from translation import changes, facts, originals, progress
from translation.addresses import address_for
from translation.pending import PendingChange, pending
from translation.segments import Segment

MOST_NAMED = 5
ASKED_WHEN_SENT = {"says_source_version", "same_on_purpose"}
"""Questions that show only once a text was sent, with an answer beside them that sends it all the same."""


@dataclass(frozen=True)
class Confirmation:
    """What a form says of the source version.

    `seen`: the one whose changes the form showed. `checked`: the one that somebody said to have checked. `confirmed`:
    the keys of single changes that were said to need no answer. `is_later`:
    it is sent out of date, on purpose. `takes_facts`: dates, pictures and the like are taken over as they are.
    """

    seen: str = ""
    checked: str = ""
    confirmed: frozenset[str] = frozenset()
    is_later: bool = False
    takes_facts: bool = False


class ConfirmationWidget(forms.Widget):
    """The changes of the original that wait for an answer, with links to their places, and the answer for all."""

    source_version = ""
    pending_changes: Callable[[], list[PendingChange]]
    count: Callable[[], int]
    language = ""
    is_asked = False
    use_fieldset = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Confirmation:
        return Confirmation(
            seen=data.get(f"{name}-seen", ""),
            checked=data.get(name, ""),
            confirmed=frozenset(_all(data, f"{name}-fits")),
            is_later=f"{name}-later" in data,
            takes_facts=f"{name}-take" in data,
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        waiting = self.pending_changes()
        shown = {
            "name": name,
            "facts": [change for change in waiting if change.path],
            "confirmed": value.confirmed if isinstance(value, Confirmation) else (),
            "count": max(self.count(), len(waiting)),
            "is_checked": isinstance(value, Confirmation) and value.checked == self.source_version,
            "source_version": self.source_version,
            "pending": waiting,
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
        return bool(data and (data.checked or data.confirmed or data.takes_facts))


@dataclass(frozen=True)
class OnPurpose:
    """Which parts stay as in the original: all, or those with these keys."""

    all: bool = False
    parts: frozenset[str] = frozenset()


class OnPurposeWidget(forms.Widget):
    """The parts that say what the original says, each with an answer, and one for all."""

    use_fieldset = True
    same: Sequence[Segment] = ()
    language = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> OnPurpose:
        return OnPurpose(name in data, frozenset(_all(data, f"{name}-part")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = value if isinstance(value, OnPurpose) else OnPurpose()
        rows = [{"unit": unit, "key": _key(unit), "is_checked": _key(unit) in given.parts} for unit in self.same]
        shown = {"name": name, "rows": rows, "is_checked": given.all, "language": self.language}
        return render_to_string("translation/parts/on_purpose.html", shown)


class OnPurposeField(forms.Field):
    widget = OnPurposeWidget


def _key(unit: Segment) -> str:
    """Names a part with its words: other words need another answer."""
    return hashlib.sha256(f"{unit.path}\0{unit.text}".encode()).hexdigest()[:16]


def _all(data: Mapping[str, Any], name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])


class SourceVersionForm(WagtailAdminPageForm):
    """An original says whether a change matters to its translations; a translation, which source version it says."""

    keeps_source_version = forms.BooleanField(
        required=False,
        label=gettext_lazy("A small correction: the translation stays up to date"),
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
            widget.count = self.count_changes

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
            self.instance.keeps_source_version = bool(self.cleaned_data.get("keeps_source_version"))
        is_valid = not self.errors  # both questions are asked at once
        if "says_source_version" in self.cleaned_data:
            self._claim_source_version(self.cleaned_data["says_source_version"], is_valid)
        said = self.cleaned_data.get("same_on_purpose") or OnPurpose()
        if self._is_sent_untranslated and not said.all:
            if is_valid:
                self._refuse_untranslated(said.parts)
            if "same_on_purpose" not in self.errors:
                del self.fields["same_on_purpose"]

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
        same = [unit for unit in widget.same if _key(unit) not in on_purpose]
        if same:
            named = "; ".join(f"{unit.label}: „{unit.text[:60]}”" for unit in same[:MOST_NAMED])
            self.add_error(
                "same_on_purpose",
                _("Still as in the original (%(count)d): %(pieces)s. Translate them, or tick those that stay so.")
                % {"count": len(same), "pieces": named},
            )
