"""Whether a file is what its name says. Pure functions.

For the types that documents may have (WAGTAILDOCS_EXTENSIONS); pictures are opened whole by their own form. Three
signatures and the standard library's zipfile: a library of signatures would know a docx only as a zip.
"""

import codecs
import re
import zipfile
from collections.abc import Callable
from typing import IO

HEAD = 1024
AT_A_TIME = 64 * 1024
PART_OF_INTEREST = 1024 * 1024
"""Bytes read of one part of an archive: an honest one is far smaller, and a bomb stays packed."""

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # the second one is empty
UTF_8, UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]")
UNREADABLE = (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
"""What zipfile raises for an archive that is broken, packed in an unknown way, or locked with a password."""


def is_what_it_says(file: IO[bytes], extension: str) -> bool:
    """Whether the content of `file` fits `extension` (small letters, no dot). An unknown extension fits nothing."""
    file.seek(0)
    try:
        return extension in CHECKS and CHECKS[extension](file)
    finally:
        file.seek(0)


def _starts_with(signature: bytes) -> Callable[[IO[bytes]], bool]:
    def check(file: IO[bytes]) -> bool:
        return file.read(HEAD).removeprefix(UTF_8).lstrip().upper().startswith(signature)

    return check


def _is_text(file: IO[bytes]) -> bool:
    """In any encoding that programs write; a program holds bytes, or letters of two bytes, that no text has."""
    is_utf_16 = file.read(2) in UTF_16
    file.seek(0)
    parts = iter(lambda: file.read(AT_A_TIME), b"")
    if not is_utf_16:
        return not any(NO_TEXT.search(part) for part in parts)
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        return not any(NO_LETTER.search(decoder.decode(part)) for part in parts) and not decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False


def _is_calendar(file: IO[bytes]) -> bool:
    is_begun = _starts_with(b"BEGIN:VCALENDAR")(file)
    file.seek(0)
    return is_begun and _is_text(file)


def _is_zip(file: IO[bytes]) -> bool:
    """At its beginning too: an archive may hang on the end of a program."""
    starts = file.read(4) in ZIP_STARTS
    return starts and zipfile.is_zipfile(file)


def _holds(part: str, words: bytes) -> Callable[[IO[bytes]], bool]:
    """A zip with `words` in its file `part`."""

    def check(file: IO[bytes]) -> bool:
        if not _is_zip(file):
            return False
        try:
            with zipfile.ZipFile(file) as archive, archive.open(part) as content:
                return words in content.read(PART_OF_INTEREST)
        except UNREADABLE:
            return False

    return check


def _office(main: bytes) -> Callable[[IO[bytes]], bool]:
    """Office Open XML (ECMA-376, part 2); a document with macros has another main type."""
    return _holds("[Content_Types].xml", main + b".main+xml")


def _with_mimetype(kind: bytes) -> Callable[[IO[bytes]], bool]:
    """OpenDocument (part 2, 3.3) and EPUB (OCF, 4.3)."""
    return _holds("mimetype", kind)


CHECKS: dict[str, Callable[[IO[bytes]], bool]] = {
    "csv": _is_text,
    "docx": _office(b"wordprocessingml.document"),
    "epub": _with_mimetype(b"application/epub+zip"),
    "ics": _is_calendar,
    "odp": _with_mimetype(b"opendocument.presentation"),
    "ods": _with_mimetype(b"opendocument.spreadsheet"),
    "odt": _with_mimetype(b"opendocument.text"),
    "pdf": _starts_with(b"%PDF-"),
    "pptx": _office(b"presentationml.presentation"),
    "rtf": _starts_with(rb"{\RTF"),
    "txt": _is_text,
    "xlsx": _office(b"spreadsheetml.sheet"),
    "zip": _is_zip,
}
