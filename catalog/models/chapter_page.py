"""A chapter of the handbook."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from approval.digest import digest_of
from catalog.blocks.body import HandbookBodyBlock
from catalog.blocks.notes import NotesBlock
from catalog.editions.checks import find_errors as find_errors_of_editions
from catalog.forms import ChapterPageForm
from catalog.models.document_template import DocumentTemplate
from catalog.models.reads_since import of_texts
from catalog.notes import find_errors as find_errors_of_notes
from home.blocks.references import references_in
from home.models import BasePage, BodyMixin, ItemPage
from home.models.querysets import SitePageQuerySet

LONGEST_SUMMARY = 200
SHOWN_CHANGES = 10
"""Of the history of a chapter; the page of changes has all of them."""


class Part(models.TextChoices):
    UNDERSTAND = "understand", _("Understand")
    PREPARE = "prepare", _("Prepare")
    APPLY = "apply", _("Apply and begin")
    WORK = "work", _("Work and last")


class ChapterQuerySet(SitePageQuerySet):
    def in_order(self):
        return self.order_by("path")


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
    change_summary = models.CharField(
        _("what changed, in one sentence for readers"),
        max_length=LONGEST_SUMMARY,
        blank=True,
        help_text=_(
            "Only for a change of substance; leave it empty when you correct typing errors. It is approved with the "
            "text, and then stands in the chapter's history, on the page of changes and in its feed."
        ),
    )
    change_corrects = models.BooleanField(
        _("the chapter was wrong here"),
        default=False,
        help_text=_("Readers see the sentence marked as a correction of a mistake."),
    )

    objects = PageManager.from_queryset(ChapterQuerySet)()

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(["part"], heading=_("Place in the catalogue")),
        FieldPanel("body"),
        FieldPanel("notes"),
        MultiFieldPanel(["change_summary", "change_corrects"], heading=_("What changed")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    base_form_class = ChapterPageForm
    fields_added_later = ("notes", "change_summary", "change_corrects")
    about_version = ("change_summary", "change_corrects")
    is_translated_by_segments = True
    parent_page_types = ["catalog.CatalogIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("One chapter of the catalogue. Its order in the tree gives its number.")
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

    # --- What changed

    @property
    def is_public_version(self) -> bool:
        """Whether nobody has saved a version since the one that visitors read."""
        return bool(self.live_revision_id) and self.latest_revision_id == self.live_revision_id

    def prepare_revision(self, newest):
        if newest is None and self.copied_from is not None:
            self.change_summary, self.change_corrects = "", False
        elif newest is not None and newest.pk == self.live_revision_id:
            self._leave_public_sentence(newest.as_object())
        super().prepare_revision(newest)

    def _leave_public_sentence(self, public):
        """A version after `public` says nothing of what had changed then; without another word it is no new version."""
        if not public.change_summary or self.change_summary not in ("", public.change_summary):
            return
        kept = self.source_version
        self.source_version = public.source_version
        self.change_summary, self.change_corrects = public.change_summary, public.change_corrects
        if digest_of(self) != digest_of(public):
            self.change_summary, self.change_corrects = "", False
        self.source_version = kept

    def prepare_translation(self):
        self.change_summary, self.change_corrects = "", False
        super().prepare_translation()

    is_preview = False

    def serve_preview(self, request, mode_name):
        self.is_preview = True
        return super().serve_preview(request, mode_name)

    @cached_property
    def history(self):
        """The newest changes of this chapter, for its readers; for whoever decides, with the one that is to come."""
        known = list(self.changes.visible().newest_first()[:SHOWN_CHANGES]) if self.pk else []
        if self.is_preview and self.change_summary and self.change_summary != self._told_last:
            kind = "correction" if self.change_corrects and known else "change"
            known.insert(0, self.changes.model(at=timezone.now(), kind=kind, sentence=self.change_summary))
        return known

    @property
    def _told_last(self) -> str:
        """The sentence of its last change, hidden or not."""
        newest = self.changes.newest_first().first() if self.pk else None
        return newest.sentence if newest else ""

    @property
    def changed_at(self):
        """When it changed in substance; None for what was never public."""
        return self.history[0].at if self.history else self.last_published_at

    @property
    def reads_since(self):
        """A draft reads so since nobody knows when."""
        return None if self.is_preview else of_texts(self, [self])

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

    def search_files(self):
        """With one file of each template that it offers: the others say the same."""
        yield from super().search_files()
        found = references_in(self.body.stream_block, self.body.raw_data)
        pks = [pk for model, pk in found if model is DocumentTemplate]
        if pks:
            keys = DocumentTemplate.objects.filter(pk__in=pks).values_list("translation_key", flat=True)
            for template in DocumentTemplate.shown(self.language, keys):
                yield from (file.document for file in template.files[:1])

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
            **({"dateModified": self.changed_at.isoformat()} if self.changed_at else {}),
            "isPartOf": {"@type": "Book", "name": self.index_page.title},
        }
        return [chapter, *super().structured_data(request)]
