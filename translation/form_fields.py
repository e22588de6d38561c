"""The two questions about a translation, as fields: what of the original it takes up, and what stays the same."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from translation.pending import PendingChange
from translation.segments import Segment


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
        rows = [{"unit": unit, "key": key_of(unit), "is_checked": key_of(unit) in given.parts} for unit in self.same]
        shown = {"name": name, "rows": rows, "is_checked": given.all, "language": self.language}
        return render_to_string("translation/parts/on_purpose.html", shown)


class OnPurposeField(forms.Field):
    widget = OnPurposeWidget


def key_of(unit: Segment) -> str:
    """Names a part with its words: other words need another answer."""
    return hashlib.sha256(f"{unit.path}\0{unit.text}".encode()).hexdigest()[:16]


def _all(data: Mapping[str, Any], name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])
