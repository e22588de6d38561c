"""Published pages as ready answers, given before Django is asked (docs/performance.md).

Kept is what a view marks (home/page_cache.py), as an anonymous reader sees it: whoever has a session, asks a question
(`?`) or sends something gets an answer of their own. An answer is made between two looks at the content generation, and
made again if something public changed meanwhile, so no page holds a bit of before and a bit of after. Which generation
that is, says the keeper (site_config/keeper.py).
"""

import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import lru_cache
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings

from home import cache
from home.page_cache import MARK, WANTED
from home.page_files import CODINGS, PLAIN_PATH, Answer, find, keep, turn
from home.page_store import Generation
from site_config.keeper import Keeper

OWN = {MARK.lower(), "vary", "cache-control", "etag", "content-length"}
TRIES = 3
NO_PAGES = ("/admin/", "/documents/", "/health/", settings.STATIC_URL, settings.MEDIA_URL)
NOT_STORED = "public, no-cache"
"""Asked for again each time, and mostly told: unchanged."""
STORED = "public, max-age=0, must-revalidate, s-maxage=300"
"""For a CDN that is told what is new of all that is kept; the seconds are for an old answer that was still on its way
to it then."""
HIT, KEPT = "pages; hit", "pages; fwd=miss; stored"
MADE, LAST_GOOD = "pages; fwd=miss", 'pages; hit; detail="last good answer"'
"""RFC 9211, header Cache-Status."""
MOST_NOT_KEPT = 10_000
"""Addresses that are remembered, so that a robot fills no memory."""
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")
"""A coding that a reader names in order to say no to it."""

KNOWN = frozenset(coding for coding, _ending in CODINGS)
MOST_HELD = 100
"""Answers in the memory of each process, some kB each."""

Start = Callable[..., Any]
App = Callable[[dict[str, Any], Start], Iterable[bytes]]


class PageCache:
    """A WSGI application in front of another."""

    def __init__(self, application: App, keeper: Keeper, *, host: str) -> None:
        """`host`: for it alone pages are kept, as `Host` names it."""
        self.application, self.keeper, self.host = application, keeper, host
        self.not_kept: set[int] = set()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not self._is_for_everybody(environ, path):
            return self.application(environ, start)
        generation = self.keeper.generation()
        found = self._find(generation, environ, path)
        if found:
            return _send(found, environ, start, HIT)

        def is_vain() -> bool:  # nothing will be there to be found by who waits
            return generation is None or hash((generation, path)) in self.not_kept

        with ExitStack() as mine:
            try:
                if not is_vain():
                    mine.enter_context(turn(self.keeper.pages.root, self.host, path, is_vain))
            except OSError as error:
                self.keeper.keeping.failed(error)
            generation = self.keeper.generation()
            found = self._find(generation, environ, path)
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
            and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
            and PLAIN_PATH.fullmatch(path) is not None
            and not path.startswith(NO_PAGES)
        )

    # --- Making ------------------------------------------------------------------------------

    def _make(self, before: Generation | None, environ: dict[str, Any], start: Start, path: str) -> Iterable[bytes]:
        for _try in range(TRIES):
            made = _Made(self.application, environ, is_wanted=before is not None)
            if not made.is_kept or before is None:
                break
            after = self.keeper.generation()
            if before == after:
                answer = made.answer()
                return _send(answer, environ, start, KEPT if self._keep(before, path, answer) else MADE)
            before = after
        if before and not made.is_kept and made.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._note_not_kept(before, path)
        if made.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            last = self._last(environ, path)
            if last:
                made.close()
                return _send(last, environ, start, LAST_GOOD)
        return made.pass_on(start, environ)

    def _find(self, generation: Generation | None, environ: dict[str, Any], path: str) -> Answer | None:
        if generation is None:
            return None
        try:
            return _read(self.keeper.pages.folder_of(generation), self.host, path, _accepted(environ))
        except FileNotFoundError:
            return None

    def _keep(self, generation: Generation, path: str, answer: Answer) -> bool:
        try:
            keep(self.keeper.pages.folder_of(generation), self.host, path, answer)
        except FileNotFoundError:  # a newer generation has come, and this one's folder is swept
            return False
        except OSError as error:
            self.keeper.keeping.failed(error)
            self._note_not_kept(generation, path)
            return False
        self.keeper.keeping.worked()
        return True

    def _note_not_kept(self, generation: Generation, path: str) -> None:
        """Redirects, what isn't there, searches: in this generation nobody waits for it any more."""
        if len(self.not_kept) >= MOST_NOT_KEPT:
            self.not_kept.clear()
        self.not_kept.add(hash((generation, path)))  # addresses may be long

    def _last(self, environ: dict[str, Any], path: str) -> Answer | None:
        if not self.keeper.pages.links:  # another may have taken it down
            return None
        try:
            return self._find(self.keeper.pages.last(), environ, path)
        except OSError:
            return None


class _Made:
    """What the application answered; read to its end only where it is kept."""

    def __init__(self, application: App, environ: dict[str, Any], *, is_wanted: bool) -> None:
        """`is_wanted`: whether it would be kept."""
        asked = {**environ, "REQUEST_METHOD": "GET", **({WANTED: True} if is_wanted else {})}
        self.chunks = application(asked, self._start)
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


@lru_cache(maxsize=MOST_HELD)
def _read(folder: Path, host: str, path: str, accepted: frozenset[str]) -> Answer:
    """Which folder is right is asked each time; what is in it stays as it is, so who asks often finds it in memory."""
    answer = find(folder, host, path, accepted)
    if answer is None:
        raise FileNotFoundError
    return answer


def _is_secure(environ: dict[str, Any]) -> bool:
    """Others are sent to the secure address first."""
    if not settings.SECURE_SSL_REDIRECT:
        return True
    header, value = settings.SECURE_PROXY_SSL_HEADER
    return environ.get(header) == value or environ["wsgi.url_scheme"] == "https"


def _accepted(environ: dict[str, Any]) -> frozenset[str]:
    named = environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(",")
    return KNOWN & {coding.partition(";")[0].strip() for coding in named if not REFUSED.search(coding)}


def _send(answer: Answer, environ: dict[str, Any], start: Start, cache_status: str) -> Iterable[bytes]:
    stored = STORED if settings.WAGTAILFRONTENDCACHE and cache_status in (HIT, KEPT) else NOT_STORED
    headers = [*answer.headers, ("Cache-Control", stored), ("Cache-Status", cache_status)]
    etag = next(value for name, value in headers if name == "ETag")
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start("304 Not Modified", [pair for pair in headers if not pair[0].startswith("Content-")])
        return []
    start("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
