"""What staff tell the search, through review."""

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import DraftStateMixin, LockableMixin, Page, RevisionMixin, WorkflowMixin

from approval.models import GatedMixin
from approval.take_down import take_down
from home.cache import remembered
from home.forms import DraftForm
from search.querying import MOST_LETTERS
from search.synonyms import Row
from search.synonyms.lookup import known_by, significant

MOST_LINES, MOST_WORDS = 20, 6
EITHER = ""
LANGUAGES = [(EITHER, gettext_lazy("both languages")), ("pl", gettext_lazy("Polish")), ("en", gettext_lazy("English"))]


def lines_of(text: str) -> list[str]:
    """The phrases of a field that has one in each line, each once."""
    return list(dict.fromkeys(line for each in text.splitlines() if (line := " ".join(each.split()))))


def check_lines(text: str) -> str:
    """`text` in order; ValidationError where a line says nothing that somebody could search for, or too much."""
    lines = lines_of(text)
    if len(lines) > MOST_LINES:
        raise ValidationError(
            _("Write at most %(limit)d lines (there are %(count)d).") % {"limit": MOST_LINES, "count": len(lines)}
        )
    for line in lines:
        if not 0 < len(significant(line)) <= MOST_WORDS:
            words = _("“%(line)s”: write one to %(count)d words in a line.")
            raise ValidationError(words % {"line": line, "count": MOST_WORDS})
    return "\n".join(lines)


class SearchWordsMixin(GatedMixin, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin):
    """Words for the search: what is approved and public counts, in the words of its newest approved version."""

    base_form_class = DraftForm

    class Meta:
        abstract = True

    @property
    def revisions(self):
        return self._revisions

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        take_down(self, *args, **kwargs)

    def _clean_lines(self, *names: str) -> None:
        errors: dict[str, Any] = {}
        for name in names:
            try:
                setattr(self, name, check_lines(getattr(self, name)))
            except ValidationError as error:
                errors[name] = error
        if errors:
            raise ValidationError(errors)


class SearchSynonym(SearchWordsMixin, models.Model):
    """Words that mean the same: whoever searches for one finds the others too."""

    words = models.TextField(
        gettext_lazy("words that mean the same"),
        max_length=1500,
        help_text=gettext_lazy(
            "One in each line, such as “advice” and “counselling”. Whoever searches for one finds the others too. "
            "Plural and other forms are known, with or without accents."
        ),
    )
    only_asked = models.TextField(
        gettext_lazy("words that only lead there"),
        max_length=1500,
        blank=True,
        help_text=gettext_lazy(
            "One in each line, if you like: whoever searches for one finds the words above, and never the other way "
            "round. So “logo” leads to “for the media”, and not each page with a logo to whoever looks for the media."
        ),
    )
    language = models.CharField(gettext_lazy("language"), max_length=10, choices=LANGUAGES, blank=True, default=EITHER)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="search_synonym")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="search_synonym",
        for_concrete_model=False,
    )

    panels = ["words", "only_asked", "language"]

    class Meta:
        verbose_name = gettext_lazy("synonym for the search")
        verbose_name_plural = gettext_lazy("synonyms for the search")

    def __str__(self) -> str:
        return " = ".join(lines_of(self.words)[:3]) or _("no words yet")

    def clean(self) -> None:
        super().clean()
        self._clean_lines("words", "only_asked")
        if len([*lines_of(self.words), *lines_of(self.only_asked)]) < 2:
            raise ValidationError({"words": _("Two words are needed: one that is searched for, one that is found.")})

    @classmethod
    def rows(cls) -> tuple[Row, ...]:
        """For search.synonyms: of what is public. No query on a warm site."""
        return remembered("search-synonyms", cls._find)

    @classmethod
    def _find(cls) -> tuple[Row, ...]:
        def phrases(text: str, language: str) -> tuple[tuple[str, str], ...]:
            return tuple((line, language) for line in lines_of(text))

        public = cls.objects.filter(live=True).order_by("pk")
        return tuple(Row(phrases(row.words, row.language), phrases(row.only_asked, row.language)) for row in public)


class SearchRecommendation(SearchWordsMixin, models.Model):
    """Pages that come first for some words."""

    PAGES = ("first_page", "second_page", "third_page")

    words = models.TextField(
        gettext_lazy("words that are searched for"),
        max_length=1500,
        help_text=gettext_lazy(
            "One search in each line, such as “how to join”. It counts when somebody searches for just these words, in "
            "any form and order."
        ),
    )
    first_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, related_name="+", verbose_name=gettext_lazy("first page")
    )
    second_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("second page")
    )
    third_page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("third page")
    )
    reason = models.TextField(
        gettext_lazy("reason"),
        max_length=500,
        help_text=gettext_lazy("For colleagues: why these pages, and until when. Visitors don’t see it."),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="search_recommendation")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="search_recommendation",
        for_concrete_model=False,
    )

    panels = [
        "words",
        MultiFieldPanel(
            [PageChooserPanel(name) for name in PAGES],
            heading=gettext_lazy("Pages"),
            help_text=gettext_lazy(
                "Public pages, in their order. Whoever searches in Polish gets those in Polish, in English those in "
                "English. A page that is taken down is left out by itself."
            ),
        ),
        FieldPanel("reason"),
    ]

    class Meta:
        verbose_name = gettext_lazy("recommended result")
        verbose_name_plural = gettext_lazy("recommended results")

    def __str__(self) -> str:
        return ", ".join(lines_of(self.words)[:3]) or _("no words yet")

    def clean(self) -> None:
        super().clean()
        self._clean_lines("words")
        chosen = {name: getattr(self, f"{name}_id") for name in self.PAGES}
        public = set(
            Page.objects.live().public().filter(pk__in=filter(None, chosen.values())).values_list("pk", flat=True)
        )
        errors = {
            name: _("This page isn’t public, so nobody would find it.")
            for name, pk in chosen.items()
            if pk and pk not in public
        }
        if errors:
            raise ValidationError(errors)

    @classmethod
    def pages_for(cls, words: str, language: str) -> list[int]:
        """For search.recommendations: of what is public, the pages in `language` for a search for `words`."""
        asked = _known(words)
        return [key for said, keys in cls._public().get(language, ()) if _is_same(asked, said) for key in keys]

    @classmethod
    def _public(cls) -> dict[str, list[tuple[list[frozenset[str]], list[int]]]]:
        """Language → words with their pages. No query on a warm site."""
        return remembered("search-recommendations", cls._find)

    @classmethod
    def _find(cls) -> dict[str, list[tuple[list[frozenset[str]], list[int]]]]:
        rows = list(cls.objects.filter(live=True).order_by("pk"))
        keys = {getattr(row, f"{name}_id") for row in rows for name in cls.PAGES}
        codes = dict(Page.objects.filter(pk__in=keys).values_list("pk", "locale__language_code"))
        found: dict[str, list[tuple[list[frozenset[str]], list[int]]]] = {}
        for row in rows:
            chosen = [getattr(row, f"{name}_id") for name in cls.PAGES]
            for code in set(codes.values()):
                if pages := [key for key in chosen if codes.get(key) == code]:
                    found.setdefault(code, []).extend((_known(line), pages) for line in lines_of(row.words))
        return found


def _known(words: str) -> list[frozenset[str]]:
    return [known_by(word) for word in significant(words[:MOST_LETTERS])]


def _is_same(asked: list[frozenset[str]], said: list[frozenset[str]]) -> bool:
    """Whether each word of one is a form of a word of the other."""
    return (
        len(asked) == len(said) > 0
        and all(any(one & other for other in said) for one in asked)
        and all(any(one & other for other in asked) for one in said)
    )
