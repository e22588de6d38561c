"""The pages of the site for the search: which of them are public, and the document of each (search/documents.py)."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from home import facts, file_texts
from home.contacts import without_contacts
from home.models import BasePage, FileText, ItemPage
from search import indexing, sources
from search.documents import Document, Passage

LONGEST_SUBJECT = 500
NOT_STORED = re.compile("[\x00\ud800-\udfff]")
"""What a database may refuse: a text that is published is never kept back by that."""


class PageSource:
    """What the index is made of (search/sources.py)."""

    def keys(self, after: int, limit: int) -> Sequence[int]:
        return list(public_pages().filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:limit])

    def count(self) -> int:
        return public_pages().count()

    def public(self, keys: Collection[int]) -> set[int]:
        return set(public_pages().filter(pk__in=keys).values_list("pk", flat=True))

    def documents(self, keys: Collection[int]) -> Iterable[Document]:
        pages = [page for page in public_pages().filter(pk__in=keys).specific() if isinstance(page, BasePage)]
        share_fronts(page for page in pages if isinstance(page, ItemPage))
        return documents_of(pages)

    def lock(self, keys: Collection[int], waits: bool = True) -> set[int]:
        pages = Page.objects.select_for_update(skip_locked=not waits).filter(pk__in=keys).order_by("depth", "pk")
        return set(pages.values_list("pk", flat=True))

    def tidy(self) -> None:
        file_texts.forget_unused(FileText.objects.values_list("document", flat=True))
        for part in indexing.parts(sorted(file_texts.pages_with_unread())):
            pages = [page for page in public_pages().filter(pk__in=part).specific() if isinstance(page, BasePage)]
            file_texts.ask_for_missing(file for page in pages for file in _files_to_read(_files(page), page.language))

    def start_anew(self) -> None:
        file_texts.forget_empty()


def register() -> None:
    """Called once, when the app is ready."""
    sources.register(PageSource())


def public_pages() -> Any:
    """What visitors may be shown, asked of the database and of nothing that is remembered."""
    pages = Page.objects.live().filter(alias_of__isnull=True, depth__gt=1)
    for path in _closed_paths():
        pages = pages.exclude(path__startswith=path)
    return pages


def is_public(page: Page) -> bool:
    """Whether `page`, as it is in memory, may be shown to visitors."""
    return bool(page.live) and page.alias_of_id is None and not any(map(page.path.startswith, _closed_paths()))


def _closed_paths() -> list[str]:
    return list(PageViewRestriction.objects.values_list("page__path", flat=True))


def documents_of(pages: Iterable[Any]) -> list[Document]:
    """The documents of `pages`, which are public; whatever they hold in memory counts, saved or not."""
    found = []
    ordered = sorted(pages, key=attrgetter("locale_id"))
    for _locale, group in groupby(ordered, key=attrgetter("locale_id")):
        of_language = list(group)
        language = of_language[0].language
        with override(language), facts.asked_once():
            found += [_document(page, language) for page in of_language]
    return found


def _document(page: Any, language: str) -> Document:
    files = _files(page)
    texts = file_texts.of(_files_to_read(files, language))
    subjects = [*page.search_subjects(), *(words for file in files for words in (file.title, file.filename))]
    passages = [Passage(text) for text in _clean(page.search_passages())]
    passages += [
        Passage(part, file.title) for file in files for part in _clean(texts.get(file.pk, "").split(file_texts.NEXT))
    ]
    return Document(
        key=page.pk,
        language=language,
        title=next(_clean([page.title]), ""),
        subjects=tuple(dict.fromkeys(" ".join(words.split())[:LONGEST_SUBJECT] for words in _clean(subjects))),
        passages=tuple(passages),
        labels=frozenset(page.search_labels()),
        date=page.search_date,
        ends=page.search_ends,
        weight=page.search_weight,
    )


def share_fronts(pages: Iterable[ItemPage]) -> None:
    """Pages below one front ask it what it knows (numbers of chapters) once for all."""
    fronts: dict[str, Any] = {}
    for page in pages:
        above = page.path[: -page.steplen]
        if above in fronts:
            page.index_page = fronts[above]
        else:
            fronts[above] = page.index_page


def _clean(texts: Iterable[Any]) -> Iterator[str]:
    """Each of `texts` that says something, without personal data."""
    for text in texts:
        words = without_contacts(NOT_STORED.sub("", str(text or "")).strip())
        if words:
            yield words


def _files_to_read(files: Iterable[Any], language: str) -> list[Any]:
    """Files in another language give their names alone."""
    return [file for file in files if file.language == language]


def _files(page: Any) -> list[Any]:
    keys = list(dict.fromkeys(page.search_files()))
    if not keys:
        return []
    files = get_document_model()._default_manager.select_related("collection").in_bulk(keys)
    found = [files[key] for key in keys if key in files]
    closed = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return [file for file in found if not any(map(file.collection.path.startswith, closed))]
