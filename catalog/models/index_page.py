"""The front page of the catalogue: its table of contents."""

from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from home import locales, sections
from home.cache import remembered
from home.models import ListingPage
from home.models.querysets import SitePageQuerySet
from home.sections import Section

from .changes import ChapterChange
from .changes_page import ChangesPage
from .chapter_page import ChapterPage, Part
from .reads_since import of_page

NEWEST_CHANGES = 4
BEGINNINGS = {
    Part.UNDERSTAND: _("See whether a commission is what you need"),
    Part.PREPARE: _("Gather people and describe your issue"),
    Part.APPLY: _("Write the application and hand it in"),
}
"""What to do first, by the part whose first chapter tells how."""


class CatalogIndexPage(ListingPage):
    section = Section(
        key="catalog",
        order=3,
        title=_("Guidance Catalogue"),
        slug=pgettext_lazy("address", "catalogue"),
        lead=_("How to create a Civic Dialogue Commission, chapter by chapter."),
    )
    teaser_template = "catalog/teaser.html"
    page_size = 100  # a handbook is read from one table of contents
    subpage_types = [
        "catalog.ChapterPage",
        "catalog.ChangesPage",
        "catalog.EditionsPage",
        "catalog.GlossaryPage",
        "catalog.TemplatesPage",
        "catalog.WholeHandbookPage",
    ]
    page_description = _("The front page of the catalogue: its table of contents.")

    class Meta:
        verbose_name = _("handbook front page")
        verbose_name_plural = _("handbook front pages")

    def get_queryset(self):
        return self.chapters

    def get_results(self, request):
        """Only their number is asked for: the page shows `parts`."""
        return ChapterPage.objects.published().child_of(self)

    @cached_property
    def chapters(self) -> list[ChapterPage]:
        """All of this language, with what each of them needs to know of this page."""
        chapters = list(ChapterPage.objects.published().child_of(self).in_order().defer_streamfields())
        for chapter in chapters:
            chapter.index_page = self
        return chapters

    @cached_property
    def numbers(self) -> dict[UUID, int]:
        """Chapter numbers by translation key: the order of the Polish handbook, in all languages."""
        keys = [chapter.translation_key for chapter in self.originals]
        return {key: number for number, key in enumerate(keys, start=1)}

    @property
    def originals(self) -> list[ChapterPage]:
        """The chapters of the Polish handbook; of this one where there is none."""
        return (self._original or self).chapters

    @cached_property
    def _original(self) -> "CatalogIndexPage | None":
        """The Polish front page, for one in another language; None where there is none, and for itself."""
        default = locales.id_of(settings.LANGUAGE_CODE)
        return None if self.locale_id == default else self.get_translation_or_none(default)

    @cached_property
    def parts(self) -> list[dict]:
        """The chapters of this language by part: `{"label", "numeral", "chapters"}`."""
        return [
            {
                "label": part.label,
                "numeral": numeral,
                "chapters": [chapter for chapter in self.chapters if chapter.part == part],
            }
            for part, numeral in zip(Part, ("I", "II", "III", "IV"), strict=True)
            if any(chapter.part == part for chapter in self.chapters)
        ]

    @cached_property
    def untranslated(self) -> list[ChapterPage]:
        """Chapters that readers of this language don't find in it yet: the originals."""
        here = {chapter.translation_key for chapter in self.chapters}
        original = self._original.chapters if self._original else []
        return [chapter for chapter in original if chapter.translation_key not in here]

    @cached_property
    def beginnings(self) -> list[dict]:
        """Where to start: `{"words", "chapter"}`, in the order of the handbook."""
        first = {chapter.part: chapter for chapter in reversed(self.chapters)}
        return [{"words": words, "chapter": first[part]} for part, words in BEGINNINGS.items() if part in first]

    @cached_property
    def beside(self) -> list:
        """The public pages that every handbook has beside its chapters, in their order."""
        order = [model for model in sections.setup_page_models() if model.section.below == self.section.key]
        kinds = ContentType.objects.get_for_models(*order, for_concrete_models=False).values()
        pages = SitePageQuerySet(Page).published().child_of(self).filter(content_type__in=list(kinds)).specific()
        ours = [page for page in pages if type(page) in order]  # a page whose row of its type is lost is none of them
        return sorted(ours, key=lambda page: order.index(type(page)))

    def _beside(self, key: str):
        return next((page for page in self.beside if page.section.key == key), None)

    @cached_property
    def changes_page(self) -> ChangesPage | None:
        return ChangesPage.objects.published().child_of(self).first()

    @property
    def changes_url(self) -> str:
        """Where all changes stand, "" for nowhere: every chapter leads there."""
        return remembered(f"changes-url:{self.pk}", lambda: self.changes_page.url if self.changes_page else "")

    @property
    def templates_page(self):
        return self._beside("document-templates")

    @property
    def feeds(self):
        return self.changes_page.feeds if self.changes_page else []

    @cached_property
    def newest_changes(self) -> list[ChapterChange]:
        return list(ChapterChange.objects.public().below(self).newest_first().with_chapters()[:NEWEST_CHANGES])

    @property
    def reads_since(self):
        return of_page(self, ChapterPage.objects.published().child_of(self).order_by())

    @property
    def reading_minutes(self) -> int:
        return sum(chapter.reading_minutes for chapter in self.chapters)
