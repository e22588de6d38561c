"""What the handbook changes elsewhere: numbers of other chapters, whatever shows a term or a document template."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published, page_unpublished, post_page_move, published, unpublished

from catalog.changes import write_down
from catalog.models import ChapterPage, DocumentTemplate, GlossaryPage, GlossaryTerm, TemplatesPage
from catalog.models.shown_template import FORMATS
from home import file_texts
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


# --- Document templates


def pages_with_template(keys: Any) -> set[int]:
    """The keys of all pages that show a template with one of these translation keys: its page, and chapters."""
    rows = DocumentTemplate.objects.filter(translation_key__in=keys).values_list("pk", flat=True)
    if not rows:
        return set()
    chapters = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(DocumentTemplate),
        to_object_id__in=[str(pk) for pk in rows],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    of_chapters = ChapterPage.objects.filter(pk__in=[int(pk) for pk in chapters.values_list("object_id", flat=True)])
    shown = set(of_chapters.values_list("translation_key", flat=True))  # in all languages: they choose the original
    others = ChapterPage.objects.filter(translation_key__in=shown).values_list("pk", flat=True)
    return {*others, *TemplatesPage.objects.values_list("pk", flat=True)}


def pages_offering(documents: list[Any]) -> set[int]:
    of_files = Q()
    for name in FORMATS:
        of_files |= Q(**{f"{name}__in": documents})
    return pages_with_template(DocumentTemplate.objects.filter(of_files).values("translation_key"))


def show_template_anew(instance: DocumentTemplate, **_signal: Any) -> None:
    """It was published or taken down: pages are found by the files that they offer now."""
    indexing.update_and_look_again(sorted(pages_with_template([instance.translation_key])))


def lead_from_its_files(instance: DocumentTemplate, **_signal: Any) -> None:
    """The address of each file of a public template leads to the template, from when it isn't the public one any more.

    While it is, the document answers itself: redirects are asked only where there is nothing.
    """
    for name, document in instance.documents:
        path = Redirect.normalise_path(document.url)
        link = {"redirect_link": instance.address_of(name), "redirect_page": None}
        Redirect.objects.update_or_create(
            old_path=path, site=None, defaults={**link, "is_permanent": False, "automatically_created": True}
        )


def offer_template(instance: DocumentTemplate, **_signal: Any) -> None:
    """Files are of one language: a translator chooses those."""
    offer_to_translators(instance, ("key", "title", "purpose"))


def connect() -> None:
    """Called once, when the app is ready. Whatever is deleted is taken down first."""
    page_published.connect(write_down, sender=ChapterPage, dispatch_uid="changes-of-chapters")
    for signal in (published, unpublished):
        signal.connect(show_template_anew, sender=DocumentTemplate, dispatch_uid="pages-with-a-template")
        signal.connect(raise_generation, sender=DocumentTemplate, dispatch_uid="content-generation")
    published.connect(lead_from_its_files, sender=DocumentTemplate, dispatch_uid="old-files-of-a-template")
    published.connect(offer_template, sender=DocumentTemplate, dispatch_uid="translations-of-a-template")
    file_texts.offering.append(pages_offering)
    for signal in (published, unpublished):
        signal.connect(raise_generation, sender=GlossaryTerm, dispatch_uid="content-generation")
        signal.connect(show_terms_anew, sender=GlossaryTerm, dispatch_uid="terms-of-the-glossary")
    published.connect(offer, sender=GlossaryTerm, dispatch_uid="translations-of-a-term")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(number_anew, sender=ChapterPage, dispatch_uid="numbers-of-chapters")
