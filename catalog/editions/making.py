"""From the frozen text of an edition to its two files.

Nothing of it is seen before both are whole: they are written beside, and the edition gets them in one transaction with
their checksums. A job that is killed leaves an edition without files, and is asked for again.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.images import get_image_model

from approval.locks import locked
from catalog.models import Edition

from . import epub, pdf
from .content import FORMAT, sha256_of
from .single import chapters_in, find_block, only
from .words import citation

FOLDER = "documents/editions"
"""Below the documents: a proxy hands out none of these by itself (deploy/nginx/locations.conf)."""
WIDEST = "max-1400x1400"

Tell = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what is being done."""


class NotMadeError(Exception):
    """Why there are no files, in words for the coordinator."""


def book_of(edition: Edition, content: dict[str, Any]) -> dict[str, Any]:
    """The frozen `content` with what the edition is called: all that a book is made of."""
    with override(content["language"]):
        annexes = [{"title": _("Annexes"), "chapters": content["annexes"]}] if content["annexes"] else []
        book = {
            **content,
            "number": edition.number,
            "date": [edition.date.year, edition.date.month, edition.date.day],
            "date_words": formats.date_format(edition.date, "j E Y" if content["language"] == "pl" else "j F Y"),
            "timestamp": int(datetime.combine(edition.date, time(12), UTC).timestamp()),
            "keywords": [],
            "parts": [*content["parts"], *annexes],
            "licence": _("Licence: %(licence)s.") % {"licence": edition.licence.rstrip(".")},
        }
        address = f"{content['permanent']}{edition.number}/" if content["permanent"] else content["site"]
        cited = [{"s": f"{citation(book)} "}, {"s": address, "href": address, "is_printed": False}]
        said = _("Its text is what was approved on the site on %(date)s.") % {"date": book["date_words"]}
        return {**book, "citation": cited, "date_said": said, "address": address}


def files_of(edition: Edition, content: dict[str, Any], tell: Tell = lambda *_said: None) -> dict[str, bytes]:
    """Format → bytes, always the same for the same edition. NotMadeError names the chapter and the block at fault."""
    if content.get("format") != FORMAT:
        raise NotMadeError(_("This edition was frozen by another version of the site. Make another edition."))
    book = book_of(edition, content)
    pictures = dict(_pictures(content))
    chapters = chapters_in(book)
    steps = len(chapters) + 2
    for done, chapter in enumerate(chapters):
        tell(done, steps, chapter["title"])
        _try(book, chapter, pictures)
    tell(steps - 2, steps, "PDF")
    whole = _whole(book, pictures)
    tell(steps - 1, steps, "EPUB")
    return {"pdf": whole, "epub": epub.make(book, pictures)}


def _try(book: dict[str, Any], chapter: dict[str, Any], pictures: dict[str, bytes]) -> None:
    """A chapter by itself, so that whatever is refused is found in it."""
    try:
        pdf.make(only(book, chapter), pictures)
    except pdf.RefusedDocumentError as refusal:
        number = find_block(book, chapter, lambda one: _is_refused(one, pictures))
        facts = {"chapter": chapter["title"], "number": number, "reason": refusal}
        words = _("Chapter “%(chapter)s”, block %(number)s: %(reason)s") if number else _("%(chapter)s: %(reason)s")
        raise NotMadeError(words % facts) from refusal


def _is_refused(book: dict[str, Any], pictures: dict[str, bytes]) -> bool:
    try:
        pdf.make(book, pictures)
    except pdf.RefusedDocumentError:
        return True
    return False


def _whole(book: dict[str, Any], pictures: dict[str, bytes]) -> bytes:
    try:
        return pdf.make(book, pictures)
    except pdf.RefusedDocumentError as refusal:
        raise NotMadeError(_("The PDF was refused: %(reason)s") % {"reason": refusal}) from refusal


def _pictures(content: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Those that were approved, byte for byte: a picture that is another one by now is refused."""
    found = get_image_model().objects.in_bulk([one["pk"] for one in content["pictures"].values()])
    for name, one in content["pictures"].items():
        image = found.get(one["pk"])
        if image is None or image.get_file_hash() != one["hash"]:
            words = _("A picture of it is gone or has changed: number %(number)s. Make another edition.")
            raise NotMadeError(words % {"number": one["pk"]})
        kind = "png" if name.endswith(".png") else "jpeg"
        with image.get_rendition(f"{WIDEST}|format-{kind}").file.open("rb") as file:
            yield name, file.read()


def attach(edition_pk: int, content: dict[str, Any], made: dict[str, bytes], user: Any) -> None:
    """The files, with their checksums, in one version of the edition. What is public, or with reviewers, stays."""
    facts: dict[str, dict[str, Any]] = {}
    try:
        for kind, content_bytes in made.items():
            name = default_storage.save(f"{FOLDER}/edition.{kind}", ContentFile(content_bytes))
            facts[kind] = {
                "name": name,
                "size": len(content_bytes),
                "sha256": hashlib.sha256(content_bytes).hexdigest(),
            }
        with transaction.atomic():
            edition = Edition.objects.get(pk=edition_pk)
            locked(edition)
            edition.refresh_from_db()
            if edition.is_fixed or edition.workflow_in_progress:
                raise NotMadeError(_("It has been sent or published meanwhile, so its files stay."))
            if sha256_of(content) != edition.source_sha256:
                raise NotMadeError(_("Its frozen text is another one than it was made of. Make another edition."))
            newest = edition.get_latest_revision_as_object()
            newest.files = facts
            newest.save_revision(user=user, clean=False)
    except BaseException:
        for one in facts.values():
            default_storage.delete(one["name"])
        raise
