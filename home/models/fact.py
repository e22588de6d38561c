"""A fact that lives once: reviewed, and shown wherever a text refers to it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import DraftStateMixin, Locale, LockableMixin, RevisionMixin, WorkflowMixin

from approval import file_protection
from approval.locks import locked
from approval.models import GatedMixin
from approval.quoting import quoted
from approval.reader import seeing_everything
from approval.refusals import RefusedError
from approval.take_down import TakeDownAction
from home import facts
from home.fact_forms import FactForm, find_errors, left_unchanged, stale_check
from home.fact_places import FactPlaces, places_of


class Fact(GatedMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """One row with words for each language: so one approval changes all of them at the same moment."""

    key = models.SlugField(
        gettext_lazy("short name for staff"),
        max_length=80,
        unique=True,
        help_text=gettext_lazy("Letters, digits and hyphens, such as “kdo-initiators”. Its cards have it as address."),
    )
    source = models.URLField(
        gettext_lazy("source, as a link"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
    )
    checked_on = models.DateField(gettext_lazy("checked on"), null=True, blank=True)
    checked_by = models.CharField(
        gettext_lazy("checked by"),
        max_length=120,
        blank=True,
        help_text=gettext_lazy("Who has read the source. For colleagues: visitors don’t see it."),
    )
    valid_from = models.DateField(gettext_lazy("valid from"), null=True, blank=True)
    valid_until = models.DateField(gettext_lazy("valid until"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(
        gettext_lazy("to be checked again after so many months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(facts.LONGEST_WAIT)],
        help_text=gettext_lazy("Left empty: as is usual on this site. Later it is marked to staff and to readers."),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="fact")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="fact",
        for_concrete_model=False,
    )

    panels = [
        InlinePanel(
            "words",
            heading=gettext_lazy("In each language"),
            label=gettext_lazy("Words in one language"),
            help_text=gettext_lazy(
                "Has nobody established it yet? Leave the value empty: readers are told that it is to be checked in "
                "the rules of procedure."
            ),
        ),
        MultiFieldPanel(
            ["source", FieldRowPanel(["checked_on", "checked_by"]), "months"], heading=gettext_lazy("Source")
        ),
        MultiFieldPanel([FieldRowPanel(["valid_from", "valid_until"])], heading=gettext_lazy("Validity")),
        FieldPanel("key"),
    ]
    read_first = ("words", "source", "checked_on", "valid_from", "valid_until")
    """For whoever decides: what readers see."""

    facts_in_words = ("checked_by",)
    """Who answers for the value; its words are rows of their own, and no small correction at all."""

    base_form_class = FactForm
    is_checked_by_form = False
    """Said by its form, which knows the words that are about to be saved."""

    class Meta:
        verbose_name = gettext_lazy("fact")
        verbose_name_plural = gettext_lazy("facts")

    def __str__(self) -> str:
        """In the first language of the site, whoever reads: records and mails keep it."""
        return self.in_first_language.label or self.key or _("no words yet")

    @property
    def revisions(self):
        return self._revisions

    def clean(self) -> None:
        super().clean()
        if not self.is_checked_by_form and (errors := find_errors(self, list(self.words.all()))):
            raise ValidationError([message for messages in errors.values() for message in messages])

    def find_doubts(self) -> Iterator[str]:
        """Of a new value: its source was not read again, or another language keeps the old one."""
        public = type(self).objects.filter(pk=self.pk, live=True).prefetch_related("words__locale").first()
        if public is None:
            return
        words = list(self.words.all())
        if stale := stale_check(self, public, words):
            yield stale
        if languages := left_unchanged(words, public):
            said = {"languages": ", ".join(languages)}
            yield _("The value changes in one language and stays as it was in another (%(languages)s).") % said

    # --- What readers see

    @property
    def months_to_next_check(self) -> int:
        return self.months or settings.FACT_CHECK_MONTHS

    @property
    def in_first_language(self) -> facts.ShownFact:
        return facts.in_language(self.shown_versions(), settings.LANGUAGE_CODE)

    def shown_versions(self) -> dict[str, facts.ShownFact]:
        """By language, as readers would get this version of it."""
        found = (self._shown(words) for words in self.words.all() if words.locale_id)
        return {shown.language: shown for shown in found}

    def _shown(self, words: "FactWords") -> facts.ShownFact:
        return facts.ShownFact(
            pk=self.pk,
            key=self.key,
            label=words.label,
            value=words.value,
            sentence=words.sentence,
            note=words.note,
            source=self.source,
            source_name=words.source_name,
            checked_on=self.checked_on,
            checked_by=self.checked_by,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            months=self.months_to_next_check,
            language=words.locale.language_code,
        )

    def places_of_change(self) -> FactPlaces:
        """For whoever decides about this version: where it will be read, and how."""
        return places_of(self)

    # --- Not while a text shows it

    @transaction.atomic
    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """A text that goes live now keeps the fact (`approval/parts.py`): whoever comes second sees the other."""
        locked(self)
        self.refresh_from_db()  # what somebody decided meanwhile
        self._refuse_if_in_use()
        TakeDownAction(self, *args, **kwargs).execute()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> Any:
        list(Fact.objects.select_for_update().filter(pk=self.pk).values_list("pk"))  # perhaps somebody was quicker
        self._refuse_if_in_use()
        return super().delete(*args, **kwargs)

    def _refuse_if_in_use(self) -> None:
        with seeing_everything():
            shown_in = file_protection.places(self)
        if shown_in:
            titles = quoted([place.title or "…" for place in shown_in[: file_protection.NAMED]])
            words = _("“%(fact)s” stands in %(places)s. Take it out there first.")
            raise RefusedError(words % {"fact": self, "places": titles})


class FactWords(models.Model):
    """The words of a fact in one language."""

    fact = ParentalKey(Fact, on_delete=models.CASCADE, related_name="words")
    locale = models.ForeignKey(Locale, models.CASCADE, related_name="+", verbose_name=gettext_lazy("language"))
    label = models.CharField(
        gettext_lazy("what it says"),
        max_length=160,
        help_text=gettext_lazy("The heading of its card, such as “How many organisations begin a KDO”."),
    )
    value = models.CharField(
        gettext_lazy("value"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("As short as can be, such as “at least 10”. Empty while nobody has established it."),
    )
    sentence = models.CharField(
        gettext_lazy("for a sentence"),
        max_length=300,
        blank=True,
        help_text=gettext_lazy("The words that fit into a sentence: “at least ten organisations”. Else the value."),
    )
    note = models.TextField(gettext_lazy("what else is good to know"), max_length=600, blank=True)
    source_name = models.CharField(gettext_lazy("name of the source"), max_length=250, blank=True)

    panels = ["locale", "label", "value", "sentence", "note", "source_name"]

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("words in one language")
        verbose_name_plural = gettext_lazy("words in each language")
        default_permissions = ()

    def __str__(self) -> str:
        return self.label

    @property
    def read_under(self) -> str:
        """The language, before the name of each field, for whoever compares two versions."""
        return str(self.locale)
