"""Where events take place: its name, how to get there and in, once for all its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    Locale,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from approval.locks import locked
from approval.refusals import RefusedError
from approval.take_down import TakeDownAction
from events.accessibility import VenueAccessMixin
from events.forms import VenueForm
from home import locales, places
from home.alphabet import Alphabetical
from home.cache import remembered
from home.models.base import SOURCE_VERSION_PANELS
from translation.models import SourceVersionMixin


@dataclass(frozen=True)
class Whereabouts:
    """Where an event is, in the words that visitors read.

    `answers`: what the place says of its accessibility, fact → answer. `language`: of the words. `changed_at`: when a
    place from the list was published last.
    """

    name: str = ""
    address: str = ""
    district: str = ""
    directions: str = ""
    access_notes: str = ""
    contact: str = ""
    language: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    changed_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.address)

    @property
    def line(self) -> str:
        return ", ".join(part for part in (self.name, self.address) if part)

    @property
    def district_label(self) -> str:
        return places.DISTRICTS[self.district].label if self.district in places.DISTRICTS else ""

    @property
    def places(self) -> list[str]:
        """Its district, and the city around it."""
        return [self.district_label, places.CITY_OF[self.district]] if self.district_label else []

    @property
    def lang(self) -> str:
        """The language of the words where it isn't the reader's, else ""."""
        return locales.other(self.language) if self.language else ""


class VenueQuerySet(models.QuerySet):
    def originals(self):
        """Those in the site's first language: events choose from them, and each answers for all its translations."""
        return self.filter(locale=Locale.get_default()).order_by(Alphabetical("name"), Alphabetical("room"), "pk")


class Venue(
    SourceVersionMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    VenueAccessMixin,
    models.Model,
):
    """A place in one language. The district and the answers of its original hold in all languages: it is one house."""

    name = models.CharField(gettext_lazy("name of the place"), max_length=160)
    room = models.CharField(gettext_lazy("room"), max_length=120, blank=True)
    address = models.CharField(gettext_lazy("address"), max_length=250)
    district = models.CharField(
        gettext_lazy("district or osiedle"), max_length=60, choices=places.DISTRICT_CHOICES, blank=True, default=""
    )
    directions = models.TextField(gettext_lazy("how to get there"), max_length=600, blank=True)
    access_notes = models.TextField(
        gettext_lazy("what else is good to know about getting in"), max_length=600, blank=True
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="venue")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="venue",
        for_concrete_model=False,
    )

    objects = VenueQuerySet.as_manager()

    panels = [
        *SOURCE_VERSION_PANELS,
        MultiFieldPanel(
            ["name", "room", "address", "district", "directions"],
            heading=gettext_lazy("Where"),
            help_text=gettext_lazy(
                "All events here show what stands here now, past ones too. "
                "Has it moved? Add the new address as another place."
            ),
        ),
        MultiFieldPanel(
            [*VenueAccessMixin.FACTS, "access_notes", "accessibility_contact"],
            heading=gettext_lazy("Accessibility"),
            help_text=gettext_lazy(
                "What is so at every event here. What is arranged for one event, such as an interpreter, "
                "stands in the event."
            ),
        ),
    ]
    read_first = ("name", "room", "address", "district", "directions", "access_notes")
    """For whoever decides: before the answers."""
    facts_in_words = ("name", "room", "address")

    base_form_class = VenueForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = gettext_lazy("place")
        verbose_name_plural = gettext_lazy("places")

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.room) if part)

    @property
    def revisions(self):
        return self._revisions

    def clean(self) -> None:
        super().clean()
        if self.expire_at:
            raise ValidationError(_("A place has no last day: its events would lose their address."))

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Not while a public event shows it: visitors would find no address there.

        An event that is published at this moment has locked itself, and then its place (`keep_public`): so does this.
        """
        events = apps.get_model("events", "EventPage").objects.filter(venue=self.pk)
        list(events.select_for_update(of=("page_ptr",)).order_by("depth", "pk").values_list("pk"))
        locked(self)
        self.refresh_from_db()  # what somebody decided meanwhile
        if event := events.filter(live=True).first():
            words = _("“%(event)s” takes place here. Choose another place there first.")
            raise RefusedError(words % {"event": event.title})
        TakeDownAction(self, *args, **kwargs).execute()

    @classmethod
    def keep_public(cls, pk: int) -> None:
        """Nobody takes the place `pk` down until the transaction ends. Raises RefusedError where it isn't public."""
        found = cls.objects.select_for_update(no_key=True).filter(pk=pk).first()
        if found is None or not found.live:
            raise RefusedError(_("“%(place)s” is not public any more. That comes first.") % {"place": found or pk})

    @property
    def unread_fields(self) -> tuple[str, ...]:
        """Of a translation: what only its original says."""
        is_original = locales.code_of(self.locale_id) == settings.LANGUAGE_CODE
        return () if is_original else (*self.FACTS, "district")

    # --- What visitors read

    @classmethod
    def whereabouts(cls, pk: int, language: str) -> Whereabouts | None:
        """The place `pk` as visitors read it in `language`, else in the language it has; None while it isn't public.

        No query on a warm page: a few words, kept until anything public changes.
        """
        return remembered(f"venue:{pk}:{language}", lambda: cls._find(pk, language)) or None

    @classmethod
    def _find(cls, pk: int, language: str) -> Whereabouts | str:
        key = cls.objects.filter(pk=pk).values("translation_key")
        public = {row.pk: row for row in cls.objects.filter(translation_key__in=key, live=True)}
        house = public.get(pk)
        if house is None:
            return ""  # a cache can't keep None
        here = locales.id_of(language)
        words = next((row for row in public.values() if row.locale_id == here), house)
        return Whereabouts(
            name=str(words),
            address=words.address,
            district=house.district,
            directions=words.directions,
            access_notes=words.access_notes,
            contact=words.accessibility_contact,
            language=locales.code_of(words.locale_id),
            answers={name: getattr(house, name) for name in cls.FACTS},
            changed_at=max(house.last_published_at, words.last_published_at),
        )
