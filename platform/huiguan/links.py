"""Signed links: each binds its purpose, its host, the object and an expiry, so that none works anywhere else."""

import json
from typing import Any

from django.core import signing


class BadLink(Exception):
    """Forged, expired, or made for another purpose or place."""


def sign(purpose: str, host_key: str, **content: Any) -> str:
    """A token for one purpose on one host. `content` must be plain JSON."""
    return signing.dumps(content, salt=_salt(purpose, host_key), compress=True)


def read(purpose: str, host_key: str, token: str, *, seconds: int) -> dict[str, Any]:
    """What the token binds. Raises BadLink when it is not for this purpose and host, or too old."""
    try:
        content: dict[str, Any] = signing.loads(token, salt=_salt(purpose, host_key), max_age=seconds)
    except signing.BadSignature as error:
        raise BadLink(str(error)) from error
    return content


def _salt(purpose: str, host_key: str) -> str:
    """Written so that no part can run over into the next."""
    return json.dumps(["huiguan", purpose, host_key])
