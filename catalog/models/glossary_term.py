"""A word of the handbook that not everybody knows, and what it means."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, Locale, LockableMixin, RevisionMixin, TranslatableMixin, WorkflowMixin

from approval.take_down import take_down_with_translations
from catalog.forms import GlossaryTermForm
from home import locales
from home.alphabet import Alphabetical
from home.models.base import SOURCE_VERSION_PANELS
from home.models.search import check_lines, lines_of
from translation.models import SourceVersionMixin


class GlossaryTermQuerySet(models.QuerySet):
    def originals(self):
        """Those in the site's first language: terms refer to each other there, for all their translations."""
        return self.filter(locale=Locale.get_default()).order_by(Alphabetical("term"), "pk")


class GlossaryTerm(
    SourceVersionMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    ClusterableModel,
):
    """A term in one language. What its original refers to holds in all languages."""

    term = models.CharField(
        gettext_lazy("term"),
        max_length=80,
        help_text=gettext_lazy("As in a dictionary: “motion” and not “Motions”. An abbreviation is a term, too."),
    )
    definition = models.TextField(
        gettext_lazy("definition"),
        max_length=600,
        help_text=gettext_lazy(
            "One to three short sentences, for somebody who never heard the word. It stands at the end of each chapter "
            "that marks the term, and in the glossary."
        ),
    )
    synonyms = models.TextField(
        gettext_lazy("other words for it"),
        max_length=600,
        blank=True,
        help_text=gettext_lazy(
            "One in each line, such as the full name of an abbreviation. Whoever searches for one finds the others too."
        ),
    )
    see_also = ParentalManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="referring_terms",
        verbose_name=gettext_lazy("see also"),
        help_text=gettext_lazy(
            "Each of the two shows the other, so it is enough to say it here or there; said twice, it is shown once. "
            "A term that isn’t public yet shows once it is."
        ),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="glossary_term")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="glossary_term",
        for_concrete_model=False,
    )

    objects = GlossaryTermQuerySet.as_manager()

    panels = [*SOURCE_VERSION_PANELS, "term", "definition", "synonyms", FieldPanel("see_also")]
    read_first = ("term", "definition", "synonyms")
    """For whoever decides: before what it refers to."""

    facts_in_words = ("term", "synonyms")
    """Readers look it up by them, and the search finds by them: another name is another term."""

    base_form_class = GlossaryTermForm
    waits_for_words = False
    """Said of a draft that has the words of its original yet."""

    class Meta(TranslatableMixin.Meta):
        verbose_name = gettext_lazy("glossary term")
        verbose_name_plural = gettext_lazy("glossary terms")

    def __str__(self) -> str:
        return self.term

    @property
    def revisions(self):
        return self._revisions

    @property
    def names(self) -> list[str]:
        """The term and the other words for it, the term first."""
        return [self.term, *lines_of(self.synonyms)]

    @property
    def unread_fields(self) -> tuple[str, ...]:
        """Of a translation: what only its original says."""
        is_original = locales.code_of(self.locale_id) == settings.LANGUAGE_CODE
        return () if is_original else ("see_also",)

    def clean(self) -> None:
        super().clean()
        self.term = " ".join(self.term.split())
        errors = {}
        try:
            self.synonyms = check_lines(self.synonyms)
        except ValidationError as error:
            errors["synonyms"] = error
        else:
            errors |= {} if self.waits_for_words else self._find_namesakes()
        if errors:
            raise ValidationError(errors)

    def _find_namesakes(self) -> dict[str, ValidationError]:
        """A reader who looks a word up finds one term: two with one name in a language are refused, drafts as well."""
        others = {_same(name): other.term for other in self._others() for name in reversed(other.names)}
        errors = {}
        if other := others.get(_same(self.term)):
            errors["term"] = _says_already(self.term, other)
        own = [_same(self.term)]
        for name in lines_of(self.synonyms):
            if _same(name) in own:
                errors["synonyms"] = ValidationError(_("“%(name)s” stands here twice.") % {"name": name})
            elif other := others.get(_same(name)):
                errors["synonyms"] = _says_already(name, other)
            own.append(_same(name))
        return errors

    def _others(self) -> list["GlossaryTerm"]:
        """Of this language; not those that nobody has translated yet, as their names are of another one."""
        others = list(type(self).objects.filter(locale=self.locale_id).exclude(pk=self.pk))
        first = locales.id_of(settings.LANGUAGE_CODE)
        if self.locale_id == first:
            return others
        originals = dict(type(self).objects.filter(locale=first).values_list("translation_key", "term"))
        return [other for other in others if other.live or other.term != originals.get(other.translation_key)]

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Chapters that mark it show plain words then."""
        take_down_with_translations(self, *args, **kwargs)


def _same(name: str) -> str:
    """Two names that are equal in this are one."""
    return " ".join(name.split()).casefold()


def _says_already(name: str, other: str) -> ValidationError:
    if _same(name) == _same(other):
        words = _("The glossary has “%(name)s” already. Change that term, or choose another name.")
        return ValidationError(words % {"name": other})
    words = _("“%(name)s” is another word for “%(other)s” in the glossary already.")
    return ValidationError(words % {"name": name, "other": other})
