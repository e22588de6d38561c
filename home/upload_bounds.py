"""What is too large is let go of while it arrives: no disk, no memory, and the form still says so beside its field."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class BoundedUploadHandler(FileUploadHandler):
    """Stands first in settings as FILE_UPLOAD_HANDLERS: the others get what may be taken.

    The rest of the request is read on, because what was typed may come behind the file; UploadBoundsMiddleware cuts
    off what is far too large.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.is_too_large = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.is_too_large = self.is_too_large or start + len(raw_data) > settings.UPLOAD_MAX_SIZE
        return None if self.is_too_large else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if not self.is_too_large:
            return None
        # Its size is the real one, by which forms refuse it; there is nothing in it.
        return UploadedFile(BytesIO(), self.file_name, self.content_type, file_size, self.charset)


class UploadBoundsMiddleware:
    """Refuses what is far larger than any form needs before a byte of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isascii() or not length.isdigit() or int(length) <= settings.UPLOAD_MAX_BODY:
            return self.get_response(request)
        log.warning("Refused %s bytes for %s", length, request.path)
        most = filesizeformat(settings.UPLOAD_MAX_SIZE)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            said = _("This file is far too large, so it was not taken. A file may have %(most)s.") % {"most": most}
            return JsonResponse({"success": False, "error_message": said})  # as Wagtail's upload of many reads it
        content = loader.render_to_string("413.html", {"most": most}, request)
        return HttpResponse(content, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
