"""The files of editions, for visitors and for reviewers."""

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from catalog.models import Edition
from home import downloads

TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


def rows(edition: Edition, draft: bool = False) -> list[dict[str, Any]]:
    """Each file with its kind and, of a draft, the address for reviewers."""
    return [
        {"kind": kind, "url": reverse("catalog_edition_draft", args=[edition.pk, kind]) if draft else "", **file}
        for kind, file in sorted(edition.files.items(), reverse=True)
    ]


def response(
    request: HttpRequest, edition: Edition, kind: str, name: str, *, is_public: bool = True
) -> HttpResponseBase:
    """A whole file, or the part that is asked for. Its checksum is its ETag: it never becomes another file."""
    facts = edition.files[kind]
    try:
        file = default_storage.open(facts["name"], "rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    sent = downloads.file_response(request, file, name, TYPES[kind], size=facts["size"], etag=facts["sha256"])
    sent.headers["Cache-Control"] = "public, max-age=86400" if is_public else "private, no-store"
    return sent
