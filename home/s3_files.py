"""Uploads in a bucket of any server that speaks S3 (STORAGE_URL). Needs requirements/machines.txt."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import IO, Any

from botocore.config import Config
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage

from home.shared_files import SharedFiles, StorageAwayError

CLIENT = Config(
    s3={"addressing_style": "path"},  # no server but Amazon's has a host name for each bucket
    signature_version="s3v4",
    request_checksum_calculation="when_required",  # the newer ones are known to few servers
    response_checksum_validation="when_required",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
)
NOT_ASKED_FOR = 10
"""Seconds after a question without an answer: a page with ten pictures would else wait for each of them."""


class S3Files(SharedFiles, S3Storage):
    """The bucket is nobody's but the site's: it may refuse everybody else.

    While its server doesn't answer, all that is asked of it raises StorageAwayError.
    """

    _silent_since: float | None = None

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "client_config": CLIENT}

    @contextmanager
    def _asking(self) -> Iterator[None]:
        if self._silent_since is not None and time.monotonic() - self._silent_since < NOT_ASKED_FOR:
            raise StorageAwayError("It didn't answer some seconds ago.")
        try:
            yield
            self._silent_since = None
        except (HTTPClientError, ConnectionError, RetriesExceededError, ClientError) as error:
            if isinstance(error, ClientError) and _status(error) < HTTPStatus.INTERNAL_SERVER_ERROR:
                raise  # it answered: no such bucket, a wrong key
            self._silent_since = time.monotonic()
            raise StorageAwayError(str(error)) from error

    def _open(self, name: str, mode: str = "rb") -> IO[bytes]:
        with self._asking():
            file = super()._open(name, mode)
            file.open()  # fetches it now: whoever reads it expects no questions
        return file

    def _save(self, name: str, content: Any) -> str:
        with self._asking():
            return super()._save(name, content)

    def delete(self, name: str) -> None:
        with self._asking():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with self._asking():
            return super().exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with self._asking():
            return super().listdir(path)

    def size(self, name: str) -> int:
        with self._asking():
            return super().size(name)


def _status(error: ClientError) -> int:
    return int(error.response["ResponseMetadata"]["HTTPStatusCode"])
