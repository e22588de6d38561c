"""Which request or job is being worked on: for the lines of the log, for error reports and for figures."""

import re
import uuid
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_tasks.signals import task_finished, task_started

request_id: ContextVar[str] = ContextVar("request_id", default="")
task_id: ContextVar[str] = ContextVar("task_id", default="")
route: ContextVar[str] = ContextVar("route", default="")
"""Name of the address in the site's own list."""

HEADER = "X-Request-Id"
SANE = re.compile(r"[0-9A-Za-z._-]{8,64}")

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


class RequestIds:
    """A WSGI application in front of all others: each answer says its number, and so do all lines written meanwhile.

    The number is the proxy's, where it gives one that fits into a line.
    """

    def __init__(self, application: App) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        told = environ.get("HTTP_X_REQUEST_ID", "")
        number = told if SANE.fullmatch(told) else uuid.uuid4().hex
        request_id.set(number)

        def start_with_number(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            return start(status, [*headers, (HEADER, number)], *more)

        # Not wrapped, and so without an end: servers send files by themselves (wsgi.file_wrapper).
        return self.application(environ, start_with_number)


class RouteMiddleware:
    """Notes which of the site's addresses was asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        route.set(request.resolver_match.view_name if request.resolver_match else "")


def connect() -> None:
    task_started.connect(_task_started, dispatch_uid="request-context")
    task_finished.connect(_task_finished, dispatch_uid="request-context")


def _task_started(task_result: Any, **signal: Any) -> None:
    task_id.set(str(task_result.id))


def _task_finished(**signal: Any) -> None:
    task_id.set("")
