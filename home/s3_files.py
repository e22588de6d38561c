"""Uploads in a bucket of any server that speaks S3 (STORAGE_URL). Needs requirements/machines.txt."""

from typing import Any

from botocore.config import Config
from storages.backends.s3 import S3Storage

from home.shared_files import SharedFiles

CLIENT = Config(
    s3={"addressing_style": "path"},  # no server but Amazon's has a host name for each bucket
    signature_version="s3v4",
    request_checksum_calculation="when_required",  # the newer ones are known to few servers
    response_checksum_validation="when_required",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
)


class S3Files(SharedFiles, S3Storage):
    """The bucket is nobody's but the site's: it may refuse everybody else."""

    def get_default_settings(self) -> dict[str, Any]:
        return {**super().get_default_settings(), "client_config": CLIENT}
