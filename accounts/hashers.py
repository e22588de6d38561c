"""Checking a password is expensive on purpose; readers must not wait for it."""

import threading

from django.contrib.auth import hashers

_turn = threading.Lock()


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    """Django's, on one core instead of eight threads, and one at a time in each process.

    Eight people (or one who guesses) who sign in at once would otherwise take 800 MB and every core. The work for
    whoever guesses is the same. Passwords from before are read, and hashed anew when their owners sign in.
    """

    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _turn:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turn:
            return super().verify(password, encoded)
