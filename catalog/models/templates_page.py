"""All document templates of the handbook on one page."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.document_template import DocumentTemplate
from catalog.models.reads_since import of_page
from catalog.models.shown_template import ShownTemplate
from home.models import SetupPage
from home.sections import Section


class TemplatesPage(SetupPage):
    section = Section(
        key="document-templates",
        order=2,
        title=_("Document templates"),
        slug=pgettext_lazy("address", "templates"),
        lead=_("Documents to download and fill in, each with the chapter that says how."),
        below="catalog",
    )
    parent_page_types = ["catalog.CatalogIndexPage"]
    page_description = _("All document templates, by chapter. The templates themselves are in the list of templates.")

    class Meta:
        verbose_name = _("page of document templates")
        verbose_name_plural = _("pages of document templates")

    @cached_property
    def index_page(self) -> Any:
        """The front page of the handbook, above this page."""
        parent = self.get_parent()
        return parent and parent.specific

    @cached_property
    def templates(self) -> list[ShownTemplate]:
        return list(DocumentTemplate.shelf(self.language).values())

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """`{"chapter", "templates"}` in the order of the chapters; the last has none, for what no chapter speaks of."""
        chapters = {chapter.translation_key: chapter for chapter in self._chapters}
        found: dict[Any, list[ShownTemplate]] = {key: [] for key in chapters}
        others = []
        for template in self.templates:
            found.get(template.chapter, others).append(template)
        groups = [{"chapter": chapters[key], "templates": templates} for key, templates in found.items() if templates]
        return [*groups, {"chapter": None, "templates": others}] if others else groups

    @property
    def reads_since(self) -> Any:
        return of_page(self, DocumentTemplate.objects.all())

    @property
    def _chapters(self) -> list[Any]:
        """In the order of the Polish handbook: those of this language, and for those it lacks the originals."""
        if self.index_page is None:
            return []
        both = [*self.index_page.chapters, *self.index_page.untranslated]
        return sorted(both, key=lambda chapter: self.index_page.numbers.get(chapter.translation_key, len(both)))

    def search_passages(self):
        yield from super().search_passages()
        for template in self.templates:
            if not template.lang:
                yield f"{template.title} – {template.purpose}"

    def search_files(self):
        """One of each template: its other files say the same."""
        yield from super().search_files()
        yield from (template.files[0].document for template in self.templates if template.files)
