"""The outermost layer of a backup: every byte of it is as it was written, and none is missing.

With a key it is encrypted, in chunks that belong together in their order (the construction STREAM, as in age and
Tink): a chunk that was changed, moved or left out doesn't open. Without a key, the SHA-256 of everything is at its end:
that finds damage, not somebody who means harm and reckons it again.
"""

import hashlib
import os
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"encrypted backup 1\n"
SALT = 16
CHUNK = 2**20
TAG = 16
SHORTEST_KEY = 32


class BackupError(Exception):
    """Why something can't be backed up or restored, in a sentence for the operator."""


def _cipher(key: str, salt: bytes) -> AESGCM:
    if len(key) < SHORTEST_KEY:
        raise BackupError(f"BACKUP_KEY is too short: take {SHORTEST_KEY} random signs or more.")
    return AESGCM(HKDF(SHA256(), 32, salt, MAGIC).derive(key.encode()))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


class Sealed:
    """Writes into `file`; complete only after `finish()`."""

    def __init__(self, file: IO[bytes], key: str) -> None:
        self.file, self.key = file, key
        self.digest, self.waiting, self.number, self.size = hashlib.sha256(), bytearray(), 0, 0
        if key:
            salt = os.urandom(SALT)
            self.cipher = _cipher(key, salt)
            file.write(MAGIC + salt)

    def tell(self) -> int:
        return self.size

    def write(self, words: bytes) -> int:
        self.size += len(words)
        if not self.key:
            self.digest.update(words)
            return self.file.write(words)
        self.waiting += words
        while len(self.waiting) > CHUNK:
            self._seal(bytes(self.waiting[:CHUNK]))
            del self.waiting[:CHUNK]
        return len(words)

    def finish(self) -> None:
        if self.key:
            self._seal(bytes(self.waiting), is_last=True)
        else:
            self.file.write(self.digest.digest())

    def _seal(self, words: bytes, is_last: bool = False) -> None:
        self.file.write(self.cipher.encrypt(_nonce(self.number, is_last), words, None))
        self.number += 1


class Opened:
    """Reads what `Sealed` has written. Raises BackupError at the first byte that is not as it was."""

    def __init__(self, path: Path, key: str) -> None:
        self.file = path.open("rb")
        self.left = path.stat().st_size
        self.digest, self.waiting, self.number = hashlib.sha256(), b"", 0
        self.is_encrypted = self.file.read(len(MAGIC)) == MAGIC
        if self.is_encrypted:
            if not key:
                self.file.close()
                raise BackupError("This backup is encrypted: set BACKUP_KEY to the key of its day.")
            self.left -= len(MAGIC) + SALT
            self.cipher = _cipher(key, self.file.read(SALT))
        else:
            self.file.seek(0)
            self.left -= self.digest.digest_size

    def read(self, size: int) -> bytes:
        if self.is_encrypted:
            while len(self.waiting) < size and self.left > 0:
                self.waiting += self._open()
            given, self.waiting = self.waiting[:size], self.waiting[size:]
            return given
        given = self.file.read(min(size, max(self.left, 0)))
        self.digest.update(given)
        self.left -= len(given)
        return given

    def _open(self) -> bytes:
        sealed = self.file.read(min(CHUNK + TAG, self.left))
        self.left -= len(sealed)
        try:
            words = self.cipher.decrypt(_nonce(self.number, self.left <= 0), sealed, None)
        except InvalidTag as error:
            which = "The key is another one, or the backup" if not self.number else "The backup"
            raise BackupError(f"{which} was altered or is not whole.") from error
        self.number += 1
        return words

    def finish(self) -> None:
        """Read to the end, and compare. Raises BackupError."""
        while self.read(CHUNK):
            pass
        if not self.is_encrypted and self.file.read() != self.digest.digest():
            raise BackupError("The backup was altered or is not whole.")

    def close(self) -> None:
        self.file.close()
