"""Signed links: each binds its purpose, its host, the object and an expiry, so that none works anywhere else."""

import base64
import binascii
import json
import uuid
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

KEY_BYTES, SEAL_BYTES = 16, 10  # 35 characters as text: what a text message allows in one place


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


def sign_key(purpose: str, host_key: str, key: uuid.UUID) -> str:
    """A token of 35 characters that binds one record and does not expire; for text messages."""
    return _written(key.bytes + _seal(purpose, host_key, key, settings.SECRET_KEY))


def read_key(purpose: str, host_key: str, token: str) -> uuid.UUID:
    """The record's key. Raises BadLink when the token is not for this purpose and host."""
    try:
        found = base64.urlsafe_b64decode(f"{token}=")
    except (binascii.Error, ValueError) as error:
        raise BadLink("no token") from error
    if len(found) != KEY_BYTES + SEAL_BYTES or _written(found) != token:
        raise BadLink("no token")
    key = uuid.UUID(bytes=found[:KEY_BYTES])
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(constant_time_compare(found[KEY_BYTES:], _seal(purpose, host_key, key, s)) for s in secrets):
        raise BadLink("not for this purpose and host")
    return key


def _seal(purpose: str, host_key: str, key: uuid.UUID, secret: str | bytes) -> bytes:
    return salted_hmac(_salt(purpose, host_key), key.bytes, secret, algorithm="sha256").digest()[:SEAL_BYTES]


def _written(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _salt(purpose: str, host_key: str) -> str:
    """Written so that no part can run over into the next."""
    return json.dumps(["huiguan", purpose, host_key])
