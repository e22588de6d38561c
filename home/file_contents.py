"""Whether a file is what its name says, and holds nothing that acts by itself. Pure functions.

For the types that documents may have (WAGTAILDOCS_EXTENSIONS); pictures are opened whole by their own form. Three
signatures and the standard library's zipfile: a library of signatures would know a docx only as a zip. Nothing is
unpacked beyond what is measured first.
"""

import codecs
import re
import struct
import zipfile
from collections.abc import Callable
from enum import Enum
from typing import IO

HEAD = 1024
AT_A_TIME = 64 * 1024
PART_OF_INTEREST = 1024 * 1024
"""Bytes read of one part of an archive: an honest one is far smaller, and a bomb stays packed."""
DIRECTORY = 2 * 1024 * 1024
"""Bytes of an archive's list of parts, about 20,000 of them: a longer one is not read."""
UNPACKED = 512 * 1024 * 1024
"""Bytes that an archive may say it unpacks to."""

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")  # the second one is empty
ZIP_END, ZIP_END_LENGTH, LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Word, Excel and PowerPoint before 2007, and of today with a password ([MS-CFB])."""
UTF_8, UTF_16 = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
NO_LETTER = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffe\uffff]")
UNREADABLE = (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
"""What zipfile raises for an archive that is broken, packed in an unknown way, or locked with a password."""

ACTS_IN_OFFICE = re.compile(
    r"vbaproject|vbadata|/activex/|/macrosheets/|/embeddings/.*\.bin$|^(?:basic|scripts)/", re.I
)
"""Parts of documents that hold programs: macros, controls and objects of other programs, in Office and OpenDocument."""
PROGRAMS = re.compile(
    r"\.(?:apk|bat|cmd|com|cpl|dll|docm|dotm|exe|hta|iso|jar|js|jse|lnk|msi|msc|pif|potm|ppam|pptm|ps1|reg|scr|vbe|vbs|"
    r"wsf|xlam|xlsm|xltm)$|^/|(?:^|[\\/])\.\.[\\/]",
    re.IGNORECASE,
)
"""Names in an archive that start something when they are opened, or lead out of the folder that it is unpacked to."""
ACTS_IN_TEXT = {"pdf": re.compile(rb"/(?:JavaScript|Launch)\b"), "rtf": re.compile(rb"\\obj(?:data|update)|\\ddeauto")}
LONGEST_MARK = 16


class Problem(Enum):
    """Why a file isn't taken."""

    OTHER_CONTENT = "other-content"
    LOCKED = "locked"
    ACTS = "acts"
    TOO_MUCH = "unpacks-to-too-much"
    TWO_FILES = "two-files"


def problem_of(file: IO[bytes], extension: str) -> Problem | None:
    """What is wrong with `file` as one with this ending (small letters, no dot). An unknown one fits nothing."""
    file.seek(0)
    try:
        if extension in ARCHIVES:
            return _problem_of_archive(file, extension)
        if extension not in CHECKS or not CHECKS[extension](file):
            return Problem.OTHER_CONTENT
        if extension == "pdf" and zipfile.is_zipfile(file):
            return Problem.TWO_FILES
        return Problem.ACTS if extension in ACTS_IN_TEXT and _has(file, ACTS_IN_TEXT[extension]) else None
    finally:
        file.seek(0)


def _problem_of_archive(file: IO[bytes], extension: str) -> Problem | None:
    if file.read(len(OLD_OFFICE)) == OLD_OFFICE and extension in OFFICE:
        return Problem.LOCKED
    if not _is_zip(file):
        return Problem.OTHER_CONTENT
    size = file.seek(0, 2)
    start = max(0, size - ZIP_END_LENGTH - LONGEST_COMMENT)
    file.seek(start)
    tail = file.read()
    end = tail.rfind(ZIP_END)
    directory, comment = struct.unpack_from("<L4xH", tail, end + 12)
    if directory > DIRECTORY:
        return Problem.TOO_MUCH
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except UNREADABLE:
        return Problem.OTHER_CONTENT
    if not CHECKS[extension](file):
        return Problem.OTHER_CONTENT
    if start + end + ZIP_END_LENGTH + comment != size or (parts and min(part.header_offset for part in parts)):
        return Problem.TWO_FILES
    if any(part.flag_bits & 1 for part in parts) or _is_locked(file, parts):
        return Problem.LOCKED
    if sum(part.file_size for part in parts) > UNPACKED:
        return Problem.TOO_MUCH
    acting = PROGRAMS if extension == "zip" else ACTS_IN_OFFICE
    return Problem.ACTS if any(acting.search(part.filename) for part in parts) else None


def _is_locked(file: IO[bytes], parts: list[zipfile.ZipInfo]) -> bool:
    """OpenDocument locks its parts one by one and says so in its list of them (part 2, 4.8)."""
    manifest = "META-INF/manifest.xml"
    return any(part.filename == manifest for part in parts) and _holds(manifest, b"encryption-data")(file)


def _has(file: IO[bytes], mark: re.Pattern[bytes]) -> bool:
    file.seek(0)
    before = b""
    while part := file.read(AT_A_TIME):
        if mark.search(before + part):
            return True
        before = part[-LONGEST_MARK:]
    return False


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
    file.seek(0)
    starts = file.read(4) in ZIP_STARTS
    return starts and zipfile.is_zipfile(file)


def _holds(part: str, words: bytes) -> Callable[[IO[bytes]], bool]:
    """A zip with `words` in its file `part`."""

    def check(file: IO[bytes]) -> bool:
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
OFFICE = ("docx", "pptx", "xlsx")
ARCHIVES = (*OFFICE, "epub", "odp", "ods", "odt", "zip")
