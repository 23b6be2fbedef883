"""One who writes while the house is being killed: each write has a name of its own, and what is acknowledged is noted.

Who could repeat in life repeats here: a partner with its idempotency key, the payment provider, a treasurer who books
the same payment again. A form without such a key is sent once, and without an answer nobody knows.
"""

import hashlib
import hmac
import json
import re
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol

import httpx

from api.trials.crashing.noting import Notebook

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
REFUSED = range(400, 500)
PAUSE_SECONDS, AGAIN_AFTER_SECONDS, ANSWER_WITHIN_SECONDS = 0.15, 0.3, 20


class Refusal(RuntimeError):
    """The house answered that the write is wrong: then the trial itself is, and ends."""


class Writer(Protocol):
    """Writes once; raises httpx.HTTPError or `Unknown` when no answer came that says it was kept."""

    def write(self) -> None: ...


class Unknown(Exception):
    """An answer of a house in trouble: whether it was kept, nobody knows."""


class Writing(threading.Thread):
    """A writer at work until it is told to stop; `problem` is why it ended before."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(daemon=True)
        self.writer, self.problem = writer, ""
        self._end = threading.Event()

    def run(self) -> None:
        try:
            while not self._end.wait(PAUSE_SECONDS):
                with suppress(httpx.HTTPError, Unknown):
                    self.writer.write()
        except Exception as error:
            self.problem = f"{type(self.writer).__name__}: {error!r}"[:600]

    def finish(self) -> None:
        self._end.set()
        self.join(60)


class Caller:
    """Somebody who speaks to one host of the house."""

    def __init__(self, port: int, host: str, notebook: Notebook) -> None:
        self.notebook, self.host = notebook, f"{host}:{port}"
        headers = {"Host": self.host, "Referer": f"http://{self.host}/"}
        address = f"http://127.0.0.1:{port}"
        self.http = httpx.Client(base_url=address, headers=headers, timeout=ANSWER_WITHIN_SECONDS)

    def send(self, path: str, **given: Any) -> httpx.Response:
        """The answer of a house that works: anything else is Unknown, and what it calls wrong is a Refusal."""
        return checked(self.http.post(path, **given))

    def insist(self, path: str, **given: Any) -> httpx.Response:
        """Again and again until it is answered: only for what may be repeated."""
        while True:
            with suppress(httpx.HTTPError, Unknown):
                return self.send(path, **given)
            time.sleep(AGAIN_AFTER_SECONDS)


class Colleague(Caller):
    """Signed in with a browser's means."""

    def sign_in(self, email: str, password: str) -> "Colleague":
        form = {"csrfmiddlewaretoken": self._token("/accounts/login/"), "login": email, "password": password}
        assert self.http.post("/accounts/login/", data=form).status_code == 302, "the trial's own people can sign in"
        self.token = self._token("/")
        return self

    def fill_in(self, path: str, **fields: str) -> httpx.Response:
        return self.send(path, data={"csrfmiddlewaretoken": self.token, **fields})

    def _token(self, path: str) -> str:
        found = TOKEN.search(self.http.get(path).text)
        assert found, f"{path} has a form"
        return found[1]


class Members:
    """Enters members. Without an answer nobody knows, and the next one is entered."""

    def __init__(self, colleague: Colleague) -> None:
        self.colleague = colleague

    def write(self) -> None:
        name = f"断电{uuid.uuid4().hex}"
        self.colleague.notebook.tried("member", name)
        answer = self.colleague.fill_in("/members/member/new/", name=name, kind="enterprise", joined_precision="day")
        _require(answer, 302)
        self.colleague.notebook.kept("member", name)


class Payments:
    """Books a payment, again when no answer came, and issues its receipt."""

    def __init__(self, colleague: Colleague, member: str, day: str) -> None:
        self.colleague, self.member, self.day = colleague, member, day

    def write(self) -> None:
        name = uuid.uuid4().hex
        self.colleague.notebook.tried("payment", name)
        fields = {"method": "transfer", "fen": "1.25", "received_on": self.day, "reference": name}
        path = f"/dues/payment/new/?member={self.member}"
        booked = self._until_answered(path, **fields)
        self.colleague.notebook.kept("payment", name)  # or it says that it was booked already: by the time before
        if booked.status_code == 302:
            self._give_receipt(booked.headers["Location"], name)

    def _give_receipt(self, payment: str, name: str) -> None:
        self.colleague.notebook.tried("receipt", name)
        self._until_answered(f"/dues/payment/{payment.rstrip('/').rpartition('/')[2]}/receipts/")
        self.colleague.notebook.kept("receipt", name)

    def _until_answered(self, path: str, **fields: str) -> httpx.Response:
        return self.colleague.insist(path, data={"csrfmiddlewaretoken": self.colleague.token, **fields})


class Notices:
    """Hands a follow-up over, of which the new owner is told by mail."""

    def __init__(self, colleague: Colleague, followups: list[str], to: str, day: str) -> None:
        self.colleague, self.left, self.to, self.day = colleague, iter(followups), to, day

    def write(self) -> None:
        followup = next(self.left, None)
        if followup is None:
            return
        self.colleague.notebook.tried("notice", followup)
        path = f"/followups/followup/{followup}/moves/hand_over/"
        _require(self.colleague.fill_in(path, to=self.to, due_on=self.day), 302)
        self.colleague.notebook.kept("notice", followup)


class Listings:
    """A partner enters an offer and publishes it, each with a key of its own and as often as it takes."""

    def __init__(self, caller: Caller, federation: str) -> None:
        self.caller, self.federation = caller, federation

    def write(self) -> None:
        name = uuid.uuid4().hex
        self.caller.notebook.tried("listing", name)
        told = {"kind": "offer", "title": name, "text": "代驾", "category": "EXP.MACRO", "regions": ["610100"]}
        made = self._once("/api/v1/listings/", told).json()
        self.caller.notebook.kept("listing", name)
        self.caller.notebook.tried("publication", made["id"])
        self._once(f"/api/v1/listings/{made['id']}/moves/publish/", {"federation": self.federation, "version": 0})
        self.caller.notebook.kept("publication", made["id"])

    def _once(self, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.caller.insist(path, json=body, headers={"Idempotency-Key": uuid.uuid4().hex})


class Events:
    """The payment provider tells of an event until it is taken, and then once more."""

    def __init__(self, caller: Caller, secret: str) -> None:
        self.caller, self.secret = caller, secret

    def write(self) -> None:
        name = f"evt_{uuid.uuid4().hex}"
        self.caller.notebook.tried("event", name)
        for _time in range(2):
            body = _event(name)
            self.caller.insist(
                "/billing/webhooks/stripe/", content=body, headers={"Stripe-Signature": self._sign(body)}
            )
            self.caller.notebook.kept("event", name)

    def _sign(self, body: bytes) -> str:
        at = str(int(time.time()))
        return f"t={at},v1={hmac.new(self.secret.encode(), f'{at}.'.encode() + body, hashlib.sha256).hexdigest()}"


def writers(staged: dict[str, Any], *, port: int, secret: str, day: str, notebook: Notebook) -> Iterator[Writer]:
    """The mixed load: each in a thread of its own."""
    host, people = f"{staged['slug']}.localhost", staged["people"]

    def colleague(role: str) -> Colleague:
        made = Colleague(port, host, notebook)
        return made.sign_in(f"{role}@{staged['slug']}.example.com", staged["password"])

    yield Members(colleague("secretary_general"))
    yield Payments(colleague("treasurer"), staged["member"], day)
    yield Notices(colleague("secretary_general"), staged["followups"], people["officer"], day)
    yield Listings(_partner(staged, port, host, notebook), staged["federation"])
    yield Events(Caller(port, "localhost", notebook), secret)


def checked(answer: httpx.Response) -> httpx.Response:
    if answer.status_code in REFUSED and answer.status_code not in (408, 409, 429):
        raise Refusal(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    if answer.status_code not in range(200, 400):
        raise Unknown(answer.status_code)
    return answer


def _require(answer: httpx.Response, status: int) -> None:
    """A form that was saved leads elsewhere; one that is shown again says what is wrong with it."""
    if answer.status_code != status:
        raise Refusal(f"{answer.request.url.path} was not saved: {answer.status_code}")


def _partner(staged: dict[str, Any], port: int, host: str, notebook: Notebook) -> Caller:
    site = Caller(port, "localhost", notebook)
    asked, sign = {"grant_type": "client_credentials"}, (staged["client"], staged["secret"])
    token = site.send("/api/oauth/token/", data=asked, auth=sign).json()["access_token"]
    caller = Caller(port, host, notebook)
    caller.http.headers["Authorization"] = f"Bearer {token}"
    return caller


def _event(name: str) -> bytes:
    """Of a kind that the house only keeps: what others lead to is tried in the tests of billing."""
    told = {"id": name, "object": "event", "type": "customer.updated", "created": int(time.time())}
    about = {"object": {"id": f"cus_{name[4:18]}", "object": "customer"}}
    return json.dumps({**told, "api_version": "2025-01-01", "livemode": False, "data": about}).encode()
