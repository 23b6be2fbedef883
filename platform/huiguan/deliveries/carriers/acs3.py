"""Alibaba Cloud's signature of a request, version 3. [help.aliyun.com, V3版本请求体&签名机制]"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

ALGORITHM = "ACS3-HMAC-SHA256"


class Account(NamedTuple):
    """An access key."""

    key_id: str
    secret: str


class Request(NamedTuple):
    """An operation whose parameters are in the query; `at` is ISO 8601 in UTC, `nonce` is used once."""

    host: str
    action: str
    version: str
    query: Mapping[str, str]
    at: str
    nonce: str


def query_of(parameters: Mapping[str, str]) -> str:
    """Sorted and written as RFC 3986 says: what is signed is what is sent."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(parameters.items()))


def headers_of(request: Request, account: Account) -> dict[str, str]:
    """All headers of the request, the signature among them. The body is empty."""
    headers = {
        "host": request.host,
        "x-acs-action": request.action,
        "x-acs-content-sha256": _sha256(""),
        "x-acs-date": request.at,
        "x-acs-signature-nonce": request.nonce,
        "x-acs-version": request.version,
    }
    signed, digest = ";".join(sorted(headers)), _sha256(canonical(request, headers))
    seal = hmac.new(account.secret.encode(), f"{ALGORITHM}\n{digest}".encode(), hashlib.sha256).hexdigest()
    credential = f"{ALGORITHM} Credential={account.key_id},SignedHeaders={signed},Signature={seal}"
    return {**headers, "Authorization": credential}


def canonical(request: Request, headers: Mapping[str, str]) -> str:
    lines = "".join(f"{name}:{value.strip()}\n" for name, value in sorted(headers.items()))
    signed = ";".join(sorted(headers))
    return "\n".join(["POST", "/", query_of(request.query), lines, signed, headers["x-acs-content-sha256"]])


def _quoted(text: str) -> str:
    return quote(text, safe="-_.~")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
