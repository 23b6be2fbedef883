"""The master key, and keys that are wrapped by another key. AES-256-GCM; what a key is for is authenticated with it."""

import base64
import hashlib
import hmac
import os
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from huiguan.production import master_key_of

BYTES = 32
NONCE = 12


class WrongKey(Exception):
    """It was wrapped by another key, or for something else, or it was altered."""


def master() -> bytes:
    """The one that wraps; those before it, `MASTER_KEY_FALLBACKS`, only open."""
    return master_of(settings.MASTER_KEY)


@cache
def master_of(text: str) -> bytes:
    """From its text in the settings or in a file. Raises ImproperlyConfigured."""
    try:
        return master_key_of(text)
    except ValueError as error:
        raise ImproperlyConfigured("MASTER_KEY must be base64 of 32 random bytes: openssl rand -base64 32") from error


def name_of(master_key: bytes) -> str:
    """Which master key it is, without telling it."""
    return hmac.digest(master_key, b"which master key", hashlib.sha256).hex()[:16]


def master_named(name: str) -> bytes:
    """Raises WrongKey when it is not among those that are set."""
    known = (master_of(text) for text in (settings.MASTER_KEY, *settings.MASTER_KEY_FALLBACKS))
    found = next((key for key in known if name_of(key) == name), None)
    if found is None:
        raise WrongKey(f"the master key {name} is not set: neither MASTER_KEY nor among MASTER_KEY_FALLBACKS")
    return found


def wrap(key: bytes, by: bytes, purpose: str) -> str:
    nonce = os.urandom(NONCE)
    return base64.b64encode(nonce + AESGCM(by).encrypt(nonce, key, purpose.encode())).decode()


def unwrap(wrapped: str, by: bytes, purpose: str) -> bytes:
    content = base64.b64decode(wrapped)
    try:
        return AESGCM(by).decrypt(content[:NONCE], content[NONCE:], purpose.encode())
    except InvalidTag as error:
        raise WrongKey(f"{purpose} does not open") from error
