"""Where files lie, read from one address: a folder of this machine, or a bucket of an S3-compatible service."""

from os.path import normpath
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


class BadAddress(ValueError):
    """The address names no place that files can lie in."""


def backend_at(url: str, *, key_id: str = "", secret: str = "") -> dict[str, Any]:
    """`file:///folder`, or `s3://bucket/prefix?endpoint=https://…&region=…&encryption=AES256`, as an entry of STORAGES.

    Without `key_id` and `secret` the S3 client finds its login as it always does (role of the machine, profile).
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path.startswith("/") and not parts.netloc:
        return _folder(unquote(parts.path))
    if parts.scheme == "s3" and parts.hostname:
        return _bucket(parts.netloc, parts.path, parse_qs(parts.query), key_id, secret)
    raise BadAddress(f"{parts.scheme or 'nothing'}: use file:///folder or s3://bucket/prefix?endpoint=…")


def _folder(path: str) -> dict[str, Any]:
    """Its owner alone may look into it. Written one way, so that two addresses of it are seen to be one."""
    rights = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": normpath(path), **rights}}


def _bucket(name: str, path: str, given: dict[str, list[str]], key_id: str, secret: str) -> dict[str, Any]:
    """Never public, never overwritten, never linked to."""
    options: dict[str, Any] = {
        "bucket_name": name,
        "location": path.strip("/"),
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        "signature_version": "s3v4",
    }
    if "encryption" in given:  # by the service, as what lies there is written
        options["object_parameters"] = {"ServerSideEncryption": given.pop("encryption")[0]}
    known = {"endpoint": "endpoint_url", "region": "region_name", "addressing": "addressing_style"}
    if unknown := given.keys() - known:
        raise BadAddress(f"unknown in the address: {', '.join(sorted(unknown))}")
    options |= {known[name]: values[0] for name, values in given.items()}
    login = {"access_key": key_id, "secret_key": secret} if key_id else {}
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {**options, **login}}
