"""Asks clamd (CLAMD_URL) whether a file holds a virus, by its command INSTREAM (clamd(8)).

Thirty lines of a protocol that hasn't changed since 2009; the libraries for it are no longer kept.
"""

import socket
import struct
from collections.abc import Iterable
from contextlib import closing
from typing import IO
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

AT_A_TIME = 64 * 1024
CONNECTS_WITHIN, ANSWERS_WITHIN = 3, 60  # seconds; a large archive takes clamd some of them
LONGEST_ANSWER = 4096
PORT = 3310


class ScannerAwayError(Exception):
    """Nobody has looked at the file: clamd can't be reached, or didn't finish. The message is for operators."""


def find_virus(file: IO[bytes]) -> str | None:
    """The name of the virus in `file`; None where there is none, or no scanner is set.

    Raises ScannerAwayError.
    """
    if not settings.CLAMD_URL:
        return None
    file.seek(0)
    try:
        answer = _answer("INSTREAM", iter(lambda: file.read(AT_A_TIME), b""))
    finally:
        file.seek(0)
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return None
    if said.endswith(" FOUND"):
        return said.removesuffix(" FOUND")
    raise ScannerAwayError(f"clamd said: {answer}")


def check_scanner() -> None:
    """Raises ScannerAwayError where one is set and doesn't answer."""
    if settings.CLAMD_URL and (answer := _answer("PING")) != "PONG":
        raise ScannerAwayError(f"clamd said: {answer}")


def _answer(command: str, parts: Iterable[bytes] = ()) -> str:
    try:
        with closing(_connect(urlsplit(settings.CLAMD_URL))) as clamd:
            clamd.settimeout(ANSWERS_WITHIN)
            clamd.sendall(f"z{command}\0".encode())
            try:
                for part in parts:
                    clamd.sendall(struct.pack(">I", len(part)) + part)
                if command == "INSTREAM":
                    clamd.sendall(struct.pack(">I", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has seen enough, and says so: a virus, or more than it takes (StreamMaxLength)
            return _line(clamd)
    except (OSError, ValueError) as error:
        raise ScannerAwayError(f"clamd at {settings.CLAMD_URL}: {error}") from error


def _connect(url: SplitResult) -> socket.socket:
    """`unix:///run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`. ValueError for anything else."""
    if url.scheme == "tcp" and url.hostname:
        return socket.create_connection((url.hostname, url.port or PORT), CONNECTS_WITHIN)
    if url.scheme != "unix" or not url.path:
        raise ValueError("Not an address of clamd.")
    clamd = socket.socket(socket.AF_UNIX)
    clamd.settimeout(CONNECTS_WITHIN)
    try:
        clamd.connect(url.path)
    except OSError:
        clamd.close()
        raise
    return clamd


def _line(clamd: socket.socket) -> str:
    """What it says up to the zero byte; it ends there, or by hanging up."""
    said = b""
    while len(said) < LONGEST_ANSWER and not said.endswith(b"\0") and (part := clamd.recv(LONGEST_ANSWER)):
        said += part
    return said.rstrip(b"\0\n").decode(errors="replace")
