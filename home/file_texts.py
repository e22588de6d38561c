"""What the search knows of the files that public pages offer: their text, read once for each file.

Reading takes seconds, so the queue does it after publication; the pages that offer the file are indexed anew then. A
file that is broken has an empty text, and is not tried again until it is another file. One that can't be had just now
(a storage that is away, a machine without memory) has none: it is asked for when a page that offers it is looked at
again, and at night.
"""

import logging
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef
from django_tasks import task
from wagtail.documents import get_document_model
from wagtail.models import Page, ReferenceIndex

from home import file_reader
from home.contacts import without_contacts
from home.models import FileText
from search import indexing, sources

log = logging.getLogger(__name__)

NEXT = file_reader.NEXT
offering: list[Callable[[list[Any]], set[int]]] = []
"""Each says which pages offer these documents without referring to them: by a list, or by something between them."""
MOST_BYTES = 64 * 1024 * 1024
PATIENCE = 60  # seconds
INTERRUPTED = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
"""Codes of a reader that was ended with the worker, whatever its file is like."""


def of(files: Iterable[Any]) -> dict[int, str]:
    """The texts of these documents, by key. What isn't known yet is asked for, and missing."""
    readable = _readable(files)
    if not readable:
        return {}
    rows = FileText.objects.filter(document__in=readable).values_list("document", "file_hash", "text")
    known = {pk: text for pk, file_hash, text in rows if file_hash == readable[pk].file_hash}
    _ask_for(readable.keys() - known.keys())
    return known


def ask_for_missing(files: Iterable[Any]) -> None:
    """As `of`, without the texts."""
    readable = _readable(files)
    rows = FileText.objects.filter(document__in=readable).values_list("document", "file_hash")
    _ask_for(readable.keys() - {pk for pk, file_hash in rows if file_hash == readable[pk].file_hash})


def _readable(files: Iterable[Any]) -> dict[int, Any]:
    return {file.pk: file for file in files if file.file_extension.lower() in file_reader.READERS}


def _ask_for(keys: Collection[int]) -> None:
    if indexing.is_on():
        for pk in keys:
            transaction.on_commit(partial(read.enqueue, pk), robust=True)


@task(backend="mail", priority=-3)
def read(document_id: int) -> None:
    """Read the file of a document that a public page offers, and index the pages that do."""
    document = get_document_model()._default_manager.filter(pk=document_id).first()
    if document is None:
        return
    pages = pages_with([document])
    if not sources.registered().public(pages):
        return
    try:
        file_hash = document.file_hash or document.get_file_hash()
        if FileText.objects.filter(document=document, file_hash=file_hash).exists():
            return
        text = without_contacts(_text_of(document))
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("The text of document %s can't be read for the search now: %s", document_id, type(error).__name__)
        return
    with transaction.atomic():
        sources.registered().lock(pages)  # first, as whoever publishes one has it before what is known of its files
        FileText.objects.update_or_create(document=document, defaults={"file_hash": file_hash, "text": text})
        indexing.update(pages)


def pages_with(things: Iterable[Any]) -> set[int]:
    """The keys of all pages that show one of `things`, all of one model (documents, topics), public or not."""
    things = list(things)
    if not things:
        return set()
    rows = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(things[0]),
        to_object_id__in=[str(thing.pk) for thing in things],
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    found = {int(key) for key in rows.values_list("object_id", flat=True).distinct()}
    return found.union(*(pages(things) for pages in offering)) if isinstance(things[0], get_document_model()) else found


def pages_with_unread() -> set[int]:
    """The keys of pages that refer to files whose text isn't known."""
    known = FileText.objects.filter(document=OuterRef("pk"), file_hash=OuterRef("file_hash"))
    documents = get_document_model()._default_manager.filter(~Exists(known))
    parts = indexing.parts(list(_readable(documents)))
    return {page for part in parts for page in pages_with(documents.filter(pk__in=part))}


def forget_empty() -> None:
    """Files that gave no text are read again when they are asked for."""
    FileText.objects.filter(text="").delete()


def forget_unused(keys: Collection[int]) -> None:
    """The texts of those of these documents that no public page offers any more are not kept."""
    for part in indexing.parts(sorted(keys)):
        for row in FileText.objects.filter(document__in=part).defer("text").select_related("document"):
            if not any(row.document_id in page.search_files() for page in _public_pages_with(row.document)):
                row.delete()


def _public_pages_with(document: Any) -> Any:
    """Those that say they refer to it; whether they offer it still, they know themselves."""
    keys = sources.registered().public(pages_with([document]))
    return Page.objects.filter(pk__in=keys).specific()


def _text_of(document: Any) -> str:
    """Raises OSError and subprocess.SubprocessError where the file is not to blame."""
    if (document.get_file_size() or 0) > MOST_BYTES:
        return ""
    with document.open_file() as file:
        content = file.read()
    command = [sys.executable, "-I", str(Path(file_reader.__file__)), document.file_extension.lower()]
    done = subprocess.run(  # noqa: S603 - our own; it gets no settings, and what it complains of is kept nowhere
        command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}, timeout=PATIENCE
    )
    if done.returncode in INTERRUPTED:
        raise subprocess.CalledProcessError(done.returncode, command)
    if done.returncode:
        log.info("The text of document %s can't be read for the search.", document.pk)
        return ""
    return done.stdout.decode()
