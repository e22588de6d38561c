"""Where an upload waits between its preview and the decision about it.

In a row of the session table of its own: both requests have the same bytes, on every process of the site; it goes by
itself after an hour; and the person's own session, which every request reads, holds no more than its key.
"""

import base64
import zlib
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from editorial.translation.files.upload import File

KEY = "translation_files"
SECONDS = 60 * 60


def keep(request: HttpRequest, files: list[File]) -> None:
    drop(request)
    store = _store()
    store["files"] = [(file.name, base64.b64encode(zlib.compress(file.content)).decode()) for file in files]
    store["user"] = request.user.pk
    store.set_expiry(SECONDS)
    store.create()
    request.session[KEY] = store.session_key


def kept(request: HttpRequest) -> list[File]:
    """The files of this person's last upload; none when it is over."""
    key = request.session.get(KEY)
    store = _store(key) if key else {}
    if store.get("user") != request.user.pk:
        return []
    return [File(name, zlib.decompress(base64.b64decode(content))) for name, content in store["files"]]


def drop(request: HttpRequest) -> None:
    key = request.session.pop(KEY, None)
    if key:
        _store(key).delete()


def _store(key: str | None = None) -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(key)
