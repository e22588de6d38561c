"""The glossary: all terms of the handbook by letter."""

from collections import defaultdict
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.chapter_page import ChapterPage
from catalog.models.glossary import Glossary, known, terms_in
from catalog.models.glossary_term import GlossaryTerm
from catalog.models.reads_since import of_page
from home.alphabet import initial
from home.models import SetupPage
from home.sections import Section


class GlossaryPage(SetupPage):
    section = Section(
        key="glossary",
        order=1,
        title=_("Glossary"),
        slug=pgettext_lazy("address", "glossary"),
        lead=_("The words of the catalogue that not everybody knows, in plain language."),
        below="catalog",
    )
    parent_page_types = ["catalog.CatalogIndexPage"]
    page_description = _("All terms of the catalogue by letter. The terms themselves are in the list of terms.")

    class Meta:
        verbose_name = _("glossary page")
        verbose_name_plural = _("glossary pages")

    @cached_property
    def glossary(self) -> Glossary:
        return known(self.language)

    @cached_property
    def letters(self) -> list[dict[str, Any]]:
        """`{"letter", "id", "terms"}` in the order of the alphabet, each term with all that the page says of it."""
        in_chapters = self._chapters
        return [
            {
                "letter": letter,
                "id": f"letter-{letter}" if letter.isalpha() else "letter-other",
                "terms": [
                    {
                        "entry": entry,
                        "see_also": self.glossary.related(entry),
                        "chapters": in_chapters.get(entry.key, []),
                    }
                    for entry in entries
                ],
            }
            for letter, entries in groupby(self.glossary.entries, key=lambda entry: initial(entry.term))
        ]

    @property
    def reads_since(self) -> Any:
        return of_page(self, GlossaryTerm.objects.filter(locale=self.locale_id))

    @property
    def _chapters(self) -> dict[UUID, list[ChapterPage]]:
        """The public chapters in this language that mark a term, by its key: two queries and their texts."""
        found: dict[UUID, list[ChapterPage]] = defaultdict(list)
        front = self.index_page
        chapters = ChapterPage.objects.published().child_of(front).in_order() if front else ()
        for chapter in chapters:
            chapter.index_page = front
            for entry in terms_in(chapter, self.glossary):
                found[entry.key].append(chapter)
        return found

    @cached_property
    def index_page(self) -> Any:
        """The front page of the handbook, above this page."""
        parent = self.get_parent()
        return parent and parent.specific

    def search_subjects(self):
        yield from super().search_subjects()
        yield from (entry.term for entry in self.glossary.entries)

    def search_passages(self):
        """A passage for each term, so that „what is a KDO” finds its definition."""
        yield from super().search_passages()
        for entry in self.glossary.entries:
            names = ", ".join((entry.term, *entry.synonyms))
            yield f"{names} – {entry.definition}"

    def structured_data(self, request):
        address = self.get_full_url(request)
        terms = {
            "@type": "DefinedTermSet",
            "name": self.title,
            "description": self.lead,
            "inLanguage": self.language,
            "url": address,
            "hasDefinedTerm": [
                {
                    "@type": "DefinedTerm",
                    "name": entry.term,
                    "description": entry.definition,
                    "url": f"{address}#{entry.anchor}",
                    **({"alternateName": list(entry.synonyms)} if entry.synonyms else {}),
                }
                for entry in self.glossary.entries
            ],
        }
        return [terms, *super().structured_data(request)]
