"""What the handbook changes elsewhere: the numbers of other chapters, and whatever shows a term of the glossary."""

from typing import Any

from django.utils.translation import override
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from catalog.models import ChapterPage, GlossaryPage, GlossaryTerm
from home.cache import raise_generation
from home.first_drafts import offer_to_translators
from home.search_documents import share_fronts
from search import indexing
from search.index import get_index


def number_anew(**_signal: object) -> None:
    """The search finds chapters by their numbers, in all languages: those that have another one are indexed again."""
    if indexing.is_on():
        indexing.update(_with_another_number())
        indexing.look_again(_with_another_number)  # somebody may publish a chapter before this one at the same moment


def _with_another_number() -> list[int]:
    chapters = list(ChapterPage.objects.published().in_order().defer_streamfields())
    share_fronts(chapters)
    known = get_index().stored([chapter.pk for chapter in chapters], passages=False)
    moved = []
    for chapter in chapters:
        with override(chapter.language):
            if chapter.pk in known and chapter.number_words not in known[chapter.pk].subjects:
                moved.append(chapter.pk)
    return moved


def show_terms_anew(**_signal: Any) -> None:
    """A term was published or taken down: the glossary is found by the words that it has now, in each language."""
    indexing.update_and_look_again(list(GlossaryPage.objects.values_list("pk", flat=True)))


def offer(instance: GlossaryTerm, **_signal: Any) -> None:
    offer_to_translators(instance, ("term", "definition", "synonyms"))


def connect() -> None:
    """Called once, when the app is ready. Whatever is deleted is taken down first."""
    for signal in (published, unpublished):
        signal.connect(raise_generation, sender=GlossaryTerm, dispatch_uid="content-generation")
        signal.connect(show_terms_anew, sender=GlossaryTerm, dispatch_uid="terms-of-the-glossary")
    published.connect(offer, sender=GlossaryTerm, dispatch_uid="translations-of-a-term")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(number_anew, sender=ChapterPage, dispatch_uid="numbers-of-chapters")
