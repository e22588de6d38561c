"""A document to fill in, such as an application: its words and its files in one language."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.admin.panels import MultiFieldPanel, PageChooserPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)

from approval.file_protection import visitor_may_open
from approval.take_down import take_down_with_translations
from catalog.forms import DocumentTemplateForm, misfit
from catalog.models.shown_template import FORMATS, Shelf, ShownTemplate, TemplateFile
from home import locales
from home.cache import remembered
from home.models.base import SOURCE_VERSION_PANELS
from translation.models import SourceVersionMixin

AN_ADDRESS = RegexValidator(
    r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", gettext_lazy("Use small letters without accents, digits and hyphens.")
)
KEY_IS_TAKEN = gettext_lazy("Another template has this name in its address.")


class DocumentTemplate(
    SourceVersionMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    models.Model,
):
    """A template in one language. Its key, chapter and place are those of its original in all languages."""

    key = models.CharField(
        gettext_lazy("name in the address"),
        max_length=60,
        validators=[AN_ADDRESS],
        help_text=gettext_lazy("Such as “application”. It stays: links elsewhere lead to the file by this name."),
    )
    title = models.CharField(gettext_lazy("title"), max_length=160)
    purpose = models.TextField(
        gettext_lazy("what it is for"), max_length=400, help_text=gettext_lazy("One or two sentences.")
    )
    chapter = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("chapter that speaks of it"),
    )
    place = models.PositiveSmallIntegerField(
        gettext_lazy("place among the templates of its chapter"), default=1, help_text=gettext_lazy("1 comes first.")
    )
    docx = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("DOCX file"),
    )
    odt = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("ODT file"),
    )
    pdf = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("PDF file"),
        help_text=gettext_lazy("One that can be filled in and read aloud: with fields, headings and a language."),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="document_template")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="document_template",
        for_concrete_model=False,
    )

    panels = [
        *SOURCE_VERSION_PANELS,
        MultiFieldPanel(["title", "purpose"], heading=gettext_lazy("What readers find")),
        MultiFieldPanel(
            [*FORMATS],
            heading=gettext_lazy("Files"),
            help_text=gettext_lazy(
                "To replace a file, choose another one and send the template for approval. "
                "The address of the old file then leads to the new one."
            ),
        ),
        MultiFieldPanel(
            ["key", PageChooserPanel("chapter", "catalog.ChapterPage"), "place"],
            heading=gettext_lazy("Place in the catalogue"),
        ),
    ]
    read_first = ("title", "purpose", *FORMATS)
    facts_in_words = ("title", "key")
    """Another title sends people to City Hall with another document."""

    base_form_class = DocumentTemplateForm

    class Meta(TranslatableMixin.Meta):
        verbose_name = gettext_lazy("document template")
        verbose_name_plural = gettext_lazy("document templates")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "locale"],
                name="a_template_is_found_by_its_key",
                violation_error_message=KEY_IS_TAKEN,
            )
        ]

    def __str__(self) -> str:
        return self.title or _("template without a title")

    @property
    def revisions(self):
        return self._revisions

    @property
    def is_original(self) -> bool:
        return locales.code_of(self.locale_id) == settings.LANGUAGE_CODE

    @property
    def unread_fields(self) -> tuple[str, ...]:
        """Of a translation: what only its original says."""
        return () if self.is_original else ("key", "chapter", "place")

    @property
    def documents(self) -> Iterator[tuple[str, Any]]:
        """(format, document) of each file that it has."""
        return ((name, found) for name in FORMATS if (found := getattr(self, name)))

    def clean(self) -> None:
        super().clean()
        language = locales.code_of(self.locale_id)
        errors = {name: said for name, file in self.documents if (said := misfit(name, file, language))}
        if self._has_taken_key():
            errors["key"] = str(KEY_IS_TAKEN)
        if self.expire_at:
            errors["__all__"] = _("A template has no last day: the chapters that offer it would lose it.")
        if errors:
            raise ValidationError(errors)

    def _has_taken_key(self) -> bool:
        """A form doesn't ask for the language, so it passes over the constraint. A translation has no key to say."""
        if not self.is_original:
            return False
        others = type(self).objects.filter(key=self.key, locale_id=self.locale_id)
        return others.exclude(pk=self.pk).exists()

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        take_down_with_translations(self, *args, **kwargs)

    def address_of(self, extension: str) -> str:
        """Where the file of this kind is found, whichever it is."""
        with override(locales.code_of(self.locale_id)):
            return reverse("template_file", kwargs={"key": self._original_key, "extension": extension})

    @cached_property
    def _original_key(self) -> str:
        """The key that counts: of the original."""
        if self.is_original:
            return self.key
        here = type(self).objects.filter(translation_key=self.translation_key)
        default = locales.id_of(settings.LANGUAGE_CODE)
        return here.filter(locale_id=default).values_list("key", flat=True).first() or self.key

    # --- What visitors read

    def is_open_to(self, request: HttpRequest) -> bool:
        """Whether visitors may have its files by their own addresses: where they may open the page that offers them.

        Nor without its original: a translation says nothing alone.
        """
        original = locales.id_of(settings.LANGUAGE_CODE)
        here = type(self).objects.filter(translation_key=self.translation_key, locale=original, live=True)
        if not (self.is_original or here.exists()):
            return False
        pages = self._meta.apps.get_model("catalog.TemplatesPage").objects.filter(locale=self.locale_id, live=True)
        return any(visitor_may_open(page, request) for page in pages)

    @classmethod
    def shelf(cls, language: str) -> Shelf:
        """All that is public, for readers of `language`. No query on a warm site, four on a cold one."""
        return remembered(f"templates:{language}", lambda: cls._find(language))

    @classmethod
    def shown(cls, language: str, keys: Iterable[UUID]) -> list[ShownTemplate]:
        """Those of the templates with these translation keys that are public, each once."""
        shelf = cls.shelf(language)
        return [shelf[key] for key in dict.fromkeys(keys) if key in shelf]

    @classmethod
    def _find(cls, language: str) -> Shelf:
        """A template is public when its original is; its translation, once that is public too, has its own words."""
        default, here = locales.id_of(settings.LANGUAGE_CODE), locales.id_of(language)
        public = cls.objects.filter(live=True, locale__in={default, here}).select_related("chapter", *FORMATS)
        rows = {(row.translation_key, row.locale_id): row for row in public}
        originals = [row for (_key, locale), row in rows.items() if locale == default]
        last = "~"  # after the paths of all chapters
        originals.sort(key=lambda row: (row.chapter.path if row.chapter else last, row.place, row.title))
        return {row.translation_key: _as_shown(row, rows.get((row.translation_key, here), row)) for row in originals}


def _as_shown(original: DocumentTemplate, words: DocumentTemplate) -> ShownTemplate:
    words._original_key = original.key
    return ShownTemplate(
        key=original.key,
        title=words.title,
        purpose=words.purpose,
        language=locales.code_of(words.locale_id),
        chapter=original.chapter.translation_key if original.chapter else None,
        files=tuple(
            TemplateFile(name, words.address_of(name), file.pk, file.url, file.get_file_size() or 0)
            for name, file in words.documents
        ),
        changed_at=words.last_published_at,
    )
