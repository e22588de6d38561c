"""The whole handbook on one page, to be printed, searched in the browser, or taken where there is no network."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.whole import anchor_of
from home import seo
from home.blocks.references import References
from home.models import SetupPage
from home.sections import Section

from .chapter_page import ChapterPage
from .index_page import CatalogIndexPage
from .reads_since import of_texts


class WholeHandbookPage(SetupPage):
    """Its words are those of the chapters, so search engines are sent to these: it is `noindex`, in no sitemap, and
    names itself as its own address, as no chapter is the same page."""

    section = Section(
        key="whole",
        order=40,
        title=_("The whole catalogue on one page"),
        slug=pgettext_lazy("address", "whole"),
        lead=_("All chapters as they are today, to print or to search through."),
        below="catalog",
    )
    parent_page_types = ["catalog.CatalogIndexPage"]
    is_indexed = False
    page_description = _("All public chapters in their order on one page, for printing.")

    class Meta:
        verbose_name = _("whole handbook")
        verbose_name_plural = _("whole handbooks")

    @cached_property
    def index_page(self):
        return CatalogIndexPage.objects.parent_of(self).first()

    @cached_property
    def chapters(self) -> list[ChapterPage]:
        """All of this language with their words."""
        chapters = list(ChapterPage.objects.published().child_of(self.index_page).in_order())
        originals = {original.translation_key: original for original in self.index_page.originals}
        for chapter in chapters:
            chapter.index_page = self.index_page
            chapter.anchor = anchor_of(chapter.slug)
            chapter.out_of_date_with = chapter.behind(originals.get(chapter.translation_key))
        texts = [text for chapter in chapters for text in (chapter.body, chapter.notes)]
        found_together = References(*texts, renditions=True)
        for text in texts:
            text.references = found_together
        return chapters

    @cached_property
    def slugs(self) -> dict[str, str]:
        """Every address by which a chapter is linked to → its slug."""
        return {address: chapter.slug for chapter in self.chapters for address in (chapter.url, chapter.full_url)}

    @property
    def untranslated(self) -> list[ChapterPage]:
        """What this page lacks: chapters that are in the original language only."""
        return self.index_page.untranslated

    @property
    def reads_since(self):
        return of_texts(self, self.chapters)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["head"] = seo.Head(self, request, noindex=True, is_remembered=True)
        return context
