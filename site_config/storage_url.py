"""STORAGE_URL: where uploads are kept when several machines share them."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SCHEMES = {"s3": "https", "s3+http": "http"}


def storage_of(url: str) -> dict[str, Any]:
    """The entry of Django's STORAGES for an address.

    `s3://key:secret@storage.example.org/bucket?region=eu-central-1`; `s3+http://` to a server in the same house.
    Without a host it is Amazon's; without key and secret those that boto3 finds on the machine. Raises
    ImproperlyConfigured.
    """
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if parts.scheme not in SCHEMES or not bucket:
        raise ImproperlyConfigured("STORAGE_URL reads s3://key:secret@host/bucket?region=…")
    options: dict[str, Any] = {"bucket_name": bucket}
    if parts.username:
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password or "")}
    if parts.hostname:
        port = f":{parts.port}" if parts.port else ""
        options["endpoint_url"] = f"{SCHEMES[parts.scheme]}://{parts.hostname}{port}"
    if region := parse_qs(parts.query).get("region"):
        options["region_name"] = region[0]
    return {"BACKEND": "home.s3_files.S3Files", "OPTIONS": options}
