"""A chapter that is published, moved or taken away gives others another number."""

from wagtail.signals import page_published, page_unpublished, post_page_move

from catalog.models import ChapterPage
from search import indexing


def number_anew(**_signal: object) -> None:
    """The search finds chapters by their numbers, in all languages."""
    indexing.update(list(ChapterPage.objects.published().values_list("pk", flat=True)))


def connect() -> None:
    """Called once, when the app is ready. Whatever is deleted is taken down first."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(number_anew, sender=ChapterPage, dispatch_uid="numbers-of-chapters")
