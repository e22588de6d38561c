"""Documents for visitors: Wagtail's view, with the headers that programs for downloads and PDF files rely on."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.documents.views import serve

ONE_RANGE = re.compile(r"bytes=(?=.*\d)(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)
AT_A_TIME = 64 * 1024
WITHOUT_VALUE = {"Content-Encoding": "None", "ETag": '""'}
"""What Wagtail writes for a file that isn't packed, and for one whose checksum it doesn't know."""


@require_safe
def document(request: HttpRequest, document_id: str, document_filename: str) -> HttpResponseBase:
    """A whole file, or one part of it, so that a broken download goes on and a long PDF opens at once."""
    response = serve.serve(request, document_id, document_filename)
    for name, value in WITHOUT_VALUE.items():
        if response.headers.get(name) == value:
            del response.headers[name]
    if isinstance(response, FileResponse) and response.status_code == HTTPStatus.OK:
        response.headers["Accept-Ranges"] = "bytes"
        return _part(request, response)
    return response


def file_response(
    request: HttpRequest, file: IO[bytes], name: str, content_type: str, *, size: int, etag: str
) -> HttpResponseBase:
    """The same of a file that is no document of Wagtail's. `name`: what a browser saves it as."""
    response = FileResponse(file, filename=name, content_type=content_type)
    response.headers["Content-Length"] = str(size)
    response.headers["ETag"] = f'"{etag}"'
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Security-Policy"] = "default-src 'none'"  # as Wagtail's of documents
    response.headers["X-Content-Type-Options"] = "nosniff"
    return _part(request, response)


def _part(request: HttpRequest, whole: FileResponse) -> HttpResponseBase:
    """The one range of bytes that is asked for (RFC 9110, 14); whatever else is asked gets the whole file."""
    asked, file = ONE_RANGE.fullmatch(request.headers.get("range", "")), whole.file_to_stream
    if asked is None or file is None or request.method != "GET" or not _is_same(request, whole):
        return whole
    size = int(whole.headers["Content-Length"])
    first, last = _bounds(asked[1], asked[2], size)
    if first >= size or (asked[1] and asked[2] and int(asked[2]) < int(asked[1])):
        whole.close()
        refused = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        refused.headers["Content-Range"] = f"bytes */{size}"
        return refused
    whole.streaming_content = _bytes(file, first, last)
    whole.status_code = HTTPStatus.PARTIAL_CONTENT
    whole.headers["Content-Length"] = str(last - first + 1)
    whole.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return whole


def _is_same(request: HttpRequest, whole: FileResponse) -> bool:
    """Whether the parts that the reader has already are of this file (`If-Range`)."""
    known = request.headers.get("if-range")
    return known is None or known in (whole.headers.get("ETag"), whole.headers.get("Last-Modified"))


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """Numbers of the first and the last byte; without a first one the last so many bytes are meant."""
    if not first:
        return (max(size - int(last), 0) if int(last) else size), size - 1
    return int(first), min(int(last or size), size - 1)


def _bytes(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    file.seek(first)
    left = last - first + 1
    while left and (read := file.read(min(left, AT_A_TIME))):
        left -= len(read)
        yield read
