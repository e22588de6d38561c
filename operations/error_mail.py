"""Errors by mail to ADMINS: what happened and where, without what people sent or searched for."""

import logging
import threading
import time
import traceback
from typing import Any

from django.utils.log import AdminEmailHandler
from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

from operations.personal_data import without_personal_data
from operations.request_context import request_id, task_id

EVERY = 3600
"""Seconds between two mails of one error."""
THREAD = "error mail"
MOST = 10
"""Mails of one process in that time: while the database is away, every request fails."""


class Report(ExceptionReporter):
    """Django's own report has the whole form, its cookies and the settings."""

    def get_traceback_text(self) -> SafeString:
        request = self.request
        lines = [
            f"Request: {request.method} {request.path}" if request is not None else "",
            f"Request id: {request_id.get()}" if request_id.get() else "",
            f"Task id: {task_id.get()}" if task_id.get() else "",
            "",
            "".join(traceback.format_exception(self.exc_type, self.exc_value, self.tb)) if self.exc_type else "",
        ]
        return mark_safe(without_personal_data("\n".join(lines).strip()))


class ErrorMailHandler(AdminEmailHandler):
    """One mail for each place that fails, once an hour; sent beside the request, which waits for no mail server."""

    def __init__(self, **options: Any) -> None:
        super().__init__(reporter_class="operations.error_mail.Report", **options)
        self.told: dict[tuple[Any, ...], float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("django.security."):  # strangers who try something, all day
            return
        now = time.monotonic()
        self.told = {what: at for what, at in self.told.items() if now - at < EVERY}
        what = (record.name, record.pathname, record.lineno, *_place(record))
        if what in self.told or len(self.told) >= MOST:
            return
        self.told[what] = now
        super().emit(record)

    def format(self, record: logging.LogRecord) -> str:
        return without_personal_data(super().format(record))

    def format_subject(self, subject: str) -> str:
        return super().format_subject(without_personal_data(subject))

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        threading.Thread(name=THREAD, target=super().send_mail, args=args, kwargs=kwargs).start()


def _place(record: logging.LogRecord) -> tuple[Any, ...]:
    """The exception and where it was raised."""
    if not record.exc_info or record.exc_info[2] is None:
        return ()
    last = traceback.extract_tb(record.exc_info[2])[-1]
    return record.exc_info[0], last.filename, last.lineno
