"""Published pages as ready answers, given before Django is asked (docs/performance.md).

Kept is what a view marks (home/page_cache.py), as an anonymous reader sees it: whoever has a session, asks a question
(`?`) or sends something gets an answer of their own. An answer is made between two looks at the content generation, and
made again if something public changed meanwhile, so no page holds a bit of before and a bit of after.
"""

import logging
import re
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from home import cache
from home.page_cache import MARK, WANTED, content_generation
from home.page_store import PLAIN_PATH, Answer, Generation, PageStore

log = logging.getLogger(__name__)

OWN = {MARK.lower(), "vary", "cache-control", "etag", "content-length"}
TRIES = 3
ASK_EVERY = 5
"""Seconds for which a process takes the store's word for what is current."""
NO_PAGES = ("/admin/", "/documents/", "/health/", settings.STATIC_URL, settings.MEDIA_URL)
HIT, MADE = "pages; hit", "pages; fwd=miss; stored"
LAST_GOOD = 'pages; hit; detail="last good answer"'
"""RFC 9211, header Cache-Status."""
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")
"""A coding that a reader names in order to say no to it."""

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


class PageCache:
    """A WSGI application in front of another."""

    def __init__(self, application: App, pages: PageStore, *, host: str, on_one_machine: bool) -> None:
        """`host`: for it alone pages are kept, as `Host` names it. `on_one_machine`: whoever changes the content tells
        this store, so the database is asked now and then only, in case that is not so."""
        self.application, self.pages, self.host, self.on_one_machine = application, pages, host, on_one_machine
        self.is_new = True  # so may be its code, and what another made of the same content is not given again
        self.asked = float("-inf")  # when this process asked the database last, by its own clock
        self.timer: threading.Timer | None = None
        self.closes: Generation | None = None  # what the timer ends

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not self._is_for_everybody(environ, path):
            return self.application(environ, start)
        generation = self._generation()
        found = generation and self.pages.find(generation, self.host, path, _accepted(environ))
        if found:
            return _send(found, environ, start, HIT)
        with ExitStack() as turn:
            try:
                if generation:  # else nothing is kept, and who comes next would wait for nothing
                    turn.enter_context(self.pages.turn(self.host, path))
            except OSError:
                log.exception("The pages can't be kept")
            generation = self._generation()
            found = generation and self.pages.find(generation, self.host, path, _accepted(environ))
            if found:
                return _send(found, environ, start, HIT)
            return self._make(generation, environ, start, path)

    def _is_for_everybody(self, environ: dict[str, Any], path: str) -> bool:
        return (
            environ["REQUEST_METHOD"] in ("GET", "HEAD")
            and environ.get("HTTP_HOST") == self.host
            and not environ.get("QUERY_STRING")
            and _is_secure(environ)
            and "HTTP_AUTHORIZATION" not in environ
            and f"{settings.SESSION_COOKIE_NAME}=" not in environ.get("HTTP_COOKIE", "")
            and PLAIN_PATH.fullmatch(path) is not None
            and not path.startswith(NO_PAGES)
        )

    # --- Which generation --------------------------------------------------------------------

    def _generation(self) -> Generation | None:
        """The generation whose answers may be given and kept; None while something changes, or nobody can say."""
        served = self.pages.current()
        must_ask = not self.on_one_machine or time.monotonic() - self.asked > ASK_EVERY
        if served and not served.is_over and not must_ask:
            return served
        try:
            close_old_connections()
            generation = self._ask()
        except Exception:  # whatever is wrong with the database, what is kept can be read
            log.warning("The content generation is unknown", exc_info=True)
            return served
        finally:
            self.asked = time.monotonic()
        if generation == served:
            self._close_in_time(served)
            return served
        try:
            opened = self.pages.open(generation)
        except OSError:  # a full disk costs time, no answer
            log.exception("The pages can't be kept")
            return None
        if opened:
            self._close_in_time(opened)
        return opened

    def _ask(self) -> Generation:
        cache.generation()  # where the database is away, nothing that is kept is touched
        served, marks = self.pages.current(), self.pages.broken_off()
        if self.is_new or marks or (served and served.is_over):
            self.pages.changed(None, cache.raise_now())
            for mark in marks:
                mark.unlink(missing_ok=True)
            self.is_new = False
        return content_generation()

    def _close_in_time(self, generation: Generation) -> None:
        """A proxy doesn't know that a generation is over."""
        if not generation.until or generation == self.closes:
            return
        if self.timer:
            self.timer.cancel()
        self.closes = generation
        self.timer = threading.Timer(generation.until - time.time(), self.pages.close, [generation])
        self.timer.daemon = True
        self.timer.start()

    # --- Making ------------------------------------------------------------------------------

    def _make(self, before: Generation | None, environ: dict[str, Any], start: Start, path: str) -> Iterable[bytes]:
        for _try in range(TRIES):
            made = _Made(self.application, environ)
            if not made.is_kept or before is None:
                break
            after = self._generation()
            if before == after:
                self._keep(after, path, made.answer())
                return _send(made.answer(), environ, start, MADE)
            before = after
        if made.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            last = self._last(environ, path)
            if last:
                log.error("%s: the last good answer stands in for an error", path)
                made.close()
                return _send(last, environ, start, LAST_GOOD)
        return made.pass_on(start, environ)

    def _keep(self, generation: Generation, path: str, answer: Answer) -> None:
        try:
            self.pages.keep(generation, self.host, path, answer)
        except OSError:
            log.exception("A page could not be kept")

    def _last(self, environ: dict[str, Any], path: str) -> Answer | None:
        if not self.on_one_machine:  # another may have taken it down
            return None
        try:
            generation = self.pages.last()
        except OSError:
            return None
        return self.pages.find(generation, self.host, path, _accepted(environ)) if generation else None


class _Made:
    """What the application answered; read to its end only where it is kept."""

    def __init__(self, application: App, environ: dict[str, Any]) -> None:
        self.chunks = application({**environ, "REQUEST_METHOD": "GET", WANTED: True}, self._start)
        self.status = int(self.line.split()[0])
        names = {name.lower() for name, _value in self.headers}
        self.is_kept = self.status == HTTPStatus.OK and MARK.lower() in names and "set-cookie" not in names
        self.body: bytes | None = None
        if self.is_kept:
            self.body = b"".join(self.chunks)
            self.is_kept = not cache.is_provisional()
            self.close()

    def _start(self, line: str, headers: list[tuple[str, str]], *error: Any) -> None:
        self.line, self.headers, self.error = line, headers, error

    def answer(self) -> Answer:
        headers = [(name, value) for name, value in self.headers if name.lower() not in OWN]
        headers += [
            ("Cache-Control", "public, no-cache"),  # asked for again each time, and mostly told: unchanged
            ("Vary", "Accept-Encoding, Cookie"),
            ("ETag", f'W/"{blake2b(self.body or b"", digest_size=12).hexdigest()}"'),
        ]
        return Answer(headers, self.body or b"")

    def pass_on(self, start: Start, environ: dict[str, Any]) -> Iterable[bytes]:
        start(self.line, [pair for pair in self.headers if pair[0].lower() != MARK.lower()], *self.error)
        if environ["REQUEST_METHOD"] == "HEAD":
            if self.body is None:
                self.close()
            return []
        return self.chunks if self.body is None else [self.body]

    def close(self) -> None:
        close = getattr(self.chunks, "close", None)
        if close:
            close()


def _is_secure(environ: dict[str, Any]) -> bool:
    """Others are sent to the secure address first."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    header, value = settings.SECURE_PROXY_SSL_HEADER
    return environ.get(header) == value or environ["wsgi.url_scheme"] == "https"


def _accepted(environ: dict[str, Any]) -> Collection[str]:
    named = environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(",")
    return {coding.partition(";")[0].strip() for coding in named if not REFUSED.search(coding)}


def _send(answer: Answer, environ: dict[str, Any], start: Start, cache_status: str) -> Iterable[bytes]:
    headers = [*answer.headers, ("Cache-Status", cache_status)]
    etag = next(value for name, value in headers if name == "ETag")
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start("304 Not Modified", [pair for pair in headers if not pair[0].startswith("Content-")])
        return []
    start("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
