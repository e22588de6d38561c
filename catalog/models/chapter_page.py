"""A chapter of the handbook."""

from typing import ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from catalog.blocks.body import HandbookBodyBlock
from catalog.blocks.notes import NotesBlock
from catalog.editions.checks import find_errors as find_errors_of_editions
from catalog.notes import find_errors as find_errors_of_notes
from home.models import BasePage, BodyMixin, ItemPage
from home.models.querysets import SitePageQuerySet


class Part(models.TextChoices):
    UNDERSTAND = "understand", _("Understand")
    PREPARE = "prepare", _("Prepare")
    APPLY = "apply", _("Apply and begin")
    WORK = "work", _("Work and last")


class ChapterQuerySet(SitePageQuerySet):
    def in_order(self):
        return self.order_by("path")


ChapterManager = PageManager.from_queryset(ChapterQuerySet)


class ChapterPage(BodyMixin, ItemPage):
    """One chapter. Its place among its siblings gives its number."""

    part = models.CharField(_("part of the handbook"), max_length=12, choices=Part)
    body = StreamField(HandbookBodyBlock(), verbose_name=_("body"), blank=True)
    notes = StreamField(
        NotesBlock(),
        verbose_name=_("notes"),
        blank=True,
        help_text=_("Sources and remarks. A mark in the text leads to each of them, and back."),
    )
    kept_minutes = models.PositiveSmallIntegerField(default=0, editable=False, serialize=False)
    """What the body of this row takes to read, reckoned when it is saved; no part of any version. 0: not reckoned."""

    objects = ChapterManager()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["part"], heading=_("Place in the handbook")),
        FieldPanel("body"),
        FieldPanel("notes"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    is_translated_by_segments = True
    fields_added_later = ("notes",)
    parent_page_types = ["catalog.CatalogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One chapter of the handbook. Its order in the tree gives its number.")
    og_type = "article"

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is None or "body" in fields:
            self.kept_minutes = self.count_minutes()
            kwargs["update_fields"] = fields and {*fields, "kept_minutes"}
        return super().save(*args, **kwargs)

    @property
    def reading_minutes(self) -> int:
        return self.kept_minutes or self.count_minutes()

    @property
    def number(self) -> int | None:
        """The number that readers see; None before the Polish chapter is published."""
        return self.index_page.numbers.get(self.translation_key)

    @property
    def row_facts(self) -> list[str]:
        return [gettext("chapter %(number)d") % {"number": self.number}] if self.number else []

    @property
    def number_words(self) -> str:
        """As the search knows it, in the language of who asks; "" before the Polish chapter is published."""
        return f"{gettext('Chapter')} {self.number}" if self.number else ""

    @property
    def part_label(self) -> str:
        return self.get_part_display()

    def find_errors(self):
        unprintable = find_errors_of_editions(self.title, self.lead, self.body)
        return {**unprintable, **find_errors_of_notes(self.body, self.notes), **super().find_errors()}

    def search_subjects(self):
        yield self.part_label
        yield self.number_words
        yield from super().search_subjects()

    @cached_property
    def _neighbours(self) -> tuple["ChapterPage | None", "ChapterPage | None"]:
        chapters = self.index_page.chapters
        before = [chapter for chapter in chapters if chapter.path < self.path]
        after = [chapter for chapter in chapters if chapter.path > self.path]
        return (before[-1] if before else None, after[0] if after else None)

    @property
    def previous(self) -> "ChapterPage | None":
        return self._neighbours[0]

    @property
    def next(self) -> "ChapterPage | None":
        return self._neighbours[1]

    def structured_data(self, request):
        chapter = {
            "@type": "Article",
            "headline": self.title,
            "description": self.lead,
            "position": self.number,
            "inLanguage": self.language,
            "isPartOf": {"@type": "Book", "name": self.index_page.title},
        }
        return [chapter, *super().structured_data(request)]
