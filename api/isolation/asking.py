"""One request, answered by the whole stack of middleware and taken back at once; and what can be read in its answer."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import SimpleCookie
from django.test import Client
from django.utils.http import urlencode

from huiguan.verifying.canaries import marks_in

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
MOST_PARTS = 200  # of a zip


@dataclass(frozen=True)
class Question:
    """`data` goes as a form, or as JSON to the API."""

    method: str
    host: str
    path: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    data: Mapping[str, Any] | None = None
    address: str = "10.0.0.1"


@dataclass(frozen=True)
class Answer:
    """`marks` are those of all words that can be read in it, wherever they stand; `kind` what it is, if it is saved."""

    status: int
    location: str
    content: bytes
    marks: frozenset[str]
    kind: str = ""

    @property
    def is_refusal(self) -> bool:
        """Sent to sign in, or told that this is not for them."""
        return self.status in (401, 403) or (self.status == 302 and "/accounts/login/" in self.location)


def ask(question: Question, *, after: Any = None) -> Answer:
    """`after(answer)` looks at what it did, before that is taken back."""
    client = _client()
    client.cookies = SimpleCookie(dict(question.cookies))
    with transaction.atomic():
        response = client.generic(question.method, question.path, secure=settings.TLS, **_sent(question))
        answer = _read(response)
        if after is not None:
            after(answer)
        transaction.set_rollback(True)
    return answer


@cache
def _client() -> Client:
    """One for all: it loads the middleware once."""
    return Client(raise_request_exception=False)


def _sent(question: Question) -> dict[str, Any]:
    sent: dict[str, Any] = {"HTTP_HOST": question.host, "REMOTE_ADDR": question.address, "headers": question.headers}
    if question.data is not None and question.path.startswith("/api/v1/"):
        from django.core.serializers.json import DjangoJSONEncoder

        data: Any = DjangoJSONEncoder().encode(dict(question.data))
        sent |= {"data": data, "content_type": "application/json"}
    elif question.data is not None:
        data = urlencode(question.data, doseq=True)
        sent |= {"data": data, "content_type": "application/x-www-form-urlencoded"}
    return sent


def _read(response: Any) -> Answer:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    head = "\n".join([*(f"{name}: {value}" for name, value in response.items()), response.cookies.output()])
    marks = marks_in(head.encode()).union(*(marks_in(part) for part in readable(content)))
    is_saved = response.get("Content-Disposition", "").startswith("attachment")
    kind = response.get("Content-Type", "") if is_saved else ""
    return Answer(response.status_code, response.get("Location", ""), content, frozenset(marks), kind)


def readable(content: bytes) -> Iterator[bytes]:
    """The bytes, and those packed inside: entries of a zip (xlsx, docx), streams of a PDF."""
    yield content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist()[:MOST_PARTS]:
                yield from readable(packed.read(name))
    elif content[:5] == b"%PDF-":
        yield from _streams(content)


def _streams(content: bytes) -> Iterator[bytes]:
    for found in STREAM.finditer(content):
        try:
            yield zlib.decompress(found.group(1))
        except zlib.error:
            yield found.group(1)
