"""One value in its encrypted form, as text:

    hg1.KEY_____.DIGEST__________.base64(record 16 bytes, nonce 12, ciphertext, tag 16)~aaaaa~bbbbb…

The digest finds the same value again; what stands behind each `~` finds it by its beginning or its end. Both are keyed:
without the key they tell that two values of one field are the same, and not what they are. The record's key stands in
front so that a value can be read wherever it turns up; it is authenticated together with chamber, model and field.
"""

import base64
import hashlib
import hmac
import os
import re
import unicodedata
import uuid
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "hg1."
HEAD = 29  # characters of mark, key and digest: what an index for the same value holds
DIGEST, TOKEN = 16, 5  # characters
UNFOUND = "-" * DIGEST  # of what is only ever read with its record
PREFIXES, SUFFIXES = range(3, 13), range(4, 9)  # lengths by which a value is found: 138, 5678
BETWEEN = re.compile(r"[、,，;；/\s]+")
_RECORD, _NONCE = 16, 12

Scope = bytes  # of which field: b"members.Contact.phone"


class Altered(Exception):
    """The value was not written here by this application: for another record or field, or changed since."""


class Ciphertext(str):
    """The only text that an encrypted column takes."""

    __slots__ = ()


class Cipher:
    """One data key: encrypts, decrypts, and makes what values are found by."""

    def __init__(self, name: str, chamber_id: uuid.UUID, key: bytes) -> None:
        self.name = name
        self._chamber = chamber_id.bytes
        self._aead = AESGCM(hmac.digest(key, b"encrypt", hashlib.sha256))
        self._finder = hmac.digest(key, b"find", hashlib.sha256)

    def encrypt(self, text: str, record: uuid.UUID, scope: Scope, *, found: bool, searched: bool) -> Ciphertext:
        """`found`: as a whole; `searched`: by its beginning and its end too."""
        nonce = os.urandom(_NONCE)
        content = self._aead.encrypt(nonce, text.encode(), self._context(record.bytes, scope))
        body = base64.urlsafe_b64encode(record.bytes + nonce + content).decode()
        tokens = "".join(f"~{token}" for token in self._tokens(text, scope)) if searched else ""
        head = self.head(text, scope) if found else f"{MARK}{self.name}.{UNFOUND}"
        return Ciphertext(f"{head}.{body}{tokens}")

    def decrypt(self, value: str, scope: Scope) -> tuple[str, bytes]:
        """The text, and the key of the record that it was written for. Raises Altered."""
        content = base64.urlsafe_b64decode(value[HEAD + 1 :].partition("~")[0])
        record, nonce, rest = content[:_RECORD], content[_RECORD : _RECORD + _NONCE], content[_RECORD + _NONCE :]
        try:
            return self._aead.decrypt(nonce, rest, self._context(record, scope)).decode(), record
        except InvalidTag as error:
            raise Altered(f"a value of {scope.decode()} is not what was written") from error

    def head(self, text: str, scope: Scope) -> str:
        """What every encrypted form of the same value begins with."""
        return f"{MARK}{self.name}.{self._keyed(scope, 'is', folded(text), DIGEST)}"

    def token(self, scope: Scope, how: str, part: str) -> str:
        return self._keyed(scope, how, part, TOKEN)

    def _tokens(self, text: str, scope: Scope) -> Iterator[str]:
        for how, part in parts_of(text):
            yield self.token(scope, how, part)

    def _keyed(self, scope: Scope, how: str, text: str, length: int) -> str:
        said = b"\0".join((scope, how.encode(), text.encode()))
        digest = hashlib.blake2b(said, key=self._finder, digest_size=DIGEST)
        return base64.urlsafe_b64encode(digest.digest()).decode()[:length]

    def _context(self, record: bytes, scope: bytes) -> bytes:
        return self._chamber + record + scope


def is_encrypted(value: str) -> bool:
    return value.startswith(MARK)


def key_name(value: str) -> str:
    """Of the data key that wrote it."""
    return value[len(MARK) : len(MARK) + 8]


def folded(text: str) -> str:
    """What counts as the same value: nobody tells addresses and numbers apart by case or width."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip().casefold()


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """What a value is found by: each of the numbers or addresses in it, whole, by its beginning, by its end."""
    for part in BETWEEN.split(folded(text)):
        if part:
            yield "is", part
        yield from (("begins", part[:n]) for n in PREFIXES if n < len(part))
        yield from (("ends", part[-n:]) for n in SUFFIXES if n < len(part))


def asked_for(text: str, hows: tuple[str, ...]) -> list[tuple[str, str]]:
    """As `parts_of` would have stored it, for somebody who typed a part of it."""
    asked = folded(text)
    lengths = {"is": range(1, 400), "begins": PREFIXES, "ends": SUFFIXES}
    return [(how, asked) for how in hows if len(asked) in lengths[how]]
