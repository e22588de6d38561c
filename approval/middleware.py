"""For whom a request reads."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from approval import visibility
from approval.reader import Reading, reading, reading_as, reading_on


class ReaderMiddleware:
    """Whatever an address of the admin asks, it asks for whoever is logged in.

    Other addresses show what is public, which a hidden draft never was, and need not ask; the one exception, documents
    that staff may open earlier, does by itself (`file_protection.keep_unpublished`). A preview is a request for the
    site inside of one for the admin: it reads for whoever looks at it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        visibility.connect()  # here, where requests come in: commands and tools find the managers as they were written

    def __call__(self, request: HttpRequest) -> Any:
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        with reading_as(request.user):
            response: Any = self.get_response(request)
            begun = reading()
        if isinstance(response, StreamingHttpResponse) and not getattr(response, "file_to_stream", None):
            response.streaming_content = _read_on(begun, response.streaming_content)
        return response


def _read_on(begun: Reading | None, parts: Any) -> Iterator[bytes]:
    """A long list is made while it is sent, when the request is over for Django."""
    parts = iter(parts)
    while True:
        with reading_on(begun):
            part = next(parts, None)
        if part is None:
            return
        yield part
