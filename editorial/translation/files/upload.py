"""What people send: files and ZIPs of files, of a bounded size, as text."""

import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from editorial.translation.files import po, xliff
from editorial.translation.files.sheet import Problem, Reading

MOST_FILES = 500
MOST_BYTES_OF_FILE = 2 * 1024 * 1024
MOST_BYTES = 12 * 1024 * 1024
XLIFF_ENDINGS = (".xlf", ".xliff")
ENDINGS = (".po", *XLIFF_ENDINGS)
MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)


class TooMuchError(Exception):
    """Nothing of the upload is read; the message says why."""


@dataclass(frozen=True)
class File:
    name: str
    content: bytes


def digest_of(files: Iterable[File]) -> str:
    """SHA-256 of names and bytes."""
    whole = hashlib.sha256()
    for file in files:
        name = file.name.encode(errors="replace")
        whole.update(b"%d %s %d " % (len(name), name, len(file.content)) + file.content)
    return whole.hexdigest()


# --- Opening ----------------------------------------------------------------------------------


def unpacked(uploads: Iterable[Any]) -> list[File]:
    """The files of an upload (Django's UploadedFile), those in ZIPs too. Raises TooMuchError."""
    found: list[File] = []
    left = MOST_BYTES
    for upload in uploads:
        content = _bounded(upload, min(MOST_BYTES, left), upload.name)
        if content[:4] == b"PK\x03\x04":
            files = _from_zip(content, upload.name, left)
        elif len(content) > MOST_BYTES_OF_FILE:
            raise _too_large(upload.name)
        else:
            files = [File(upload.name, content)]
        found += files
        left -= sum(len(file.content) for file in files)
        if len(found) > MOST_FILES:
            raise TooMuchError(_("More than %d files at once are not read. Send them in parts.") % MOST_FILES)
    return found


def _from_zip(content: bytes, name: str, left: int) -> list[File]:
    """Reads no more than is allowed, whatever the archive says about itself."""
    found = []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and _is_meant(entry.filename)]
            if len(entries) > MOST_FILES:
                raise TooMuchError(_("More than %d files at once are not read. Send them in parts.") % MOST_FILES)
            for entry in entries:
                with archive.open(entry) as stream:
                    inner = _bounded(stream, min(MOST_BYTES_OF_FILE, left), f"{name}/{entry.filename}")
                left -= len(inner)
                found.append(File(entry.filename, inner))
    except BROKEN_ZIP as error:
        raise TooMuchError(_("“%s” can't be opened: the archive is damaged or has a password.") % name) from error
    return found


def _is_meant(name: str) -> bool:
    """What programs put into archives by themselves is passed over."""
    parts = name.split("/")
    return not any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _bounded(stream: Any, most: int, name: str) -> bytes:
    content = stream.read(max(most, 0) + 1)
    if len(content) > most:
        raise _too_large(name)
    return content


def _too_large(name: str) -> TooMuchError:
    facts = {"name": name, "one": filesizeformat(MOST_BYTES_OF_FILE), "all": filesizeformat(MOST_BYTES)}
    return TooMuchError(
        _("“%(name)s” is too large. A file may have %(one)s, all together %(all)s; nothing was read.") % facts
    )


# --- Reading ----------------------------------------------------------------------------------


def read(file: File) -> Reading:
    if not file.content.strip():
        return _refused(0, _("The file is empty."))
    for mark, encoding in MARKS.items():
        if file.content.startswith(mark):
            return _refused(0, _("The file is in %s. Save it in UTF-8.") % encoding)
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.content[: error.start].count(b"\n") + 1
        return _refused(line, _("The file is not in UTF-8: a sign in this line can't be read. Save it in UTF-8."))
    if "\0" in text:
        return _refused(0, _("The file is not in UTF-8. Save it in UTF-8."))
    ending = file.name.lower()
    if ending.endswith(XLIFF_ENDINGS) or text.lstrip().startswith("<"):
        return xliff.read(text)
    if ending.endswith(".po") or "msgid" in text:
        return po.read(text)
    return _refused(0, _("This is neither PO nor XLIFF."))


def _refused(line: int, message: str) -> Reading:
    return Reading([], [Problem(line, message)])
