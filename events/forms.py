"""The forms of places, and of events that choose one."""

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.accessibility import Answer, label_of
from home.forms import DraftForm, SitePageForm
from translation.forms import SourceVersionForm

BY_HAND = ("place", "address", "district")
"""What an event says of a place that is in no list."""


class VenueForm(DraftForm, SourceVersionForm):
    """A translation has words of its own; what is so of the house says its original."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.instance.unread_fields:
            self.fields.pop(name, None)


class VenueSelect(forms.Select):
    """A list of places by name; the script beside it shows what the chosen one says of its accessibility."""

    class Media:
        js = ("events/venue.js",)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if venue := getattr(value, "instance", None):
            option["attrs"]["data-says"] = answers_of(venue)
        return option

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        shown = {"select": super().render(*args, **kwargs), "add_url": reverse("wagtailsnippets_events_venue:add")}
        return render_to_string("events/venue_select.html", shown)


def answers_of(venue: Any) -> str:
    """What is there, what isn't, and what nobody knows, in a line: “Yes: lift, quiet room. No: captions.”"""
    said = []
    for answer in Answer:
        labels = [str(label_of(name)) for name in venue.FACTS if getattr(venue, name) == answer]
        if labels:
            said.append(f"{capfirst(answer.label)}: {', '.join(labels)}.")
    return " ".join(said)


class VenueChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, venue: Any) -> str:
        words = ", ".join((str(venue), venue.address)) if venue.address else str(venue)
        return words if venue.live else _("%(place)s (not approved yet)") % {"place": words}


class EventPageForm(SitePageForm):
    """A place is chosen from the list, or named by hand: never both."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (field := self.fields.get("venue")) is not None:
            self.fields["venue"] = VenueChoiceField(
                field.queryset.originals(),
                required=False,
                label=field.label,
                widget=field.widget,
                empty_label=_("none of these: I name it below, or it is online"),
            )
        for name in self.instance.FACTS:
            if name in self.fields:
                labels = {Answer.UNKNOWN.value: _("we don’t know, or as always in this place")}
                self.fields[name].choices = [(value, labels.get(value, label)) for value, label in Answer.choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("venue"):
            cleaned.update({name: "" for name in BY_HAND if name in cleaned})
        return cleaned
