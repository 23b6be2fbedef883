"""Which requests are made of one address, and what an answer to each may not be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import resolve
from django.utils.http import urlencode

from api.isolation.actors import Actor
from api.isolation.asking import Answer, Question
from api.isolation.forms import relations, with_keys
from api.isolation.stage import Stage
from api.isolation.tokens import token_for
from api.isolation.values import Found
from huiguan import access
from huiguan.capability import Place
from huiguan.verifying.addresses import Address

SAFE, USUAL = ("GET",), ("GET", "POST")
RARE = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
FOREIGN_IS_MISSING = frozenset({404, 405})
# Whose last parameter is no record's key, but something that may be gone: it says so and goes back.
NO_RECORD = frozenset({"/liaison/series/<uuid:pk>/suggestions/<uuid:key>/", "/visits/plan/<uuid:batch>/undo/"})


@dataclass(frozen=True)
class Case:
    """`form` is how the attack is made: own, carried, carried whole, path, query, body."""

    form: str
    actor: Actor
    address: Address
    question: Question
    forbidden: frozenset[str]

    def __str__(self) -> str:
        asked = f"{self.question.method} {self.question.path}"
        return f"{self.form}: {self.actor.name} {asked} at {self.question.host} ({self.address.route})"


def faults(case: Case, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer; nothing when all is well."""
    if leaked := answer.marks & case.forbidden:
        yield f"leak of {sorted(leaked)}"
    if answer.status >= 500:
        yield f"error {answer.status}"
    if _is_found(case, answer):
        yield f"a foreign record answers {answer.status}"
    if case.form == "path" and answer.status == 403 and _may(case):
        yield "a foreign record is forbidden, and not missing"
    if case.form.startswith("carried") and _is_guarded(case.address) and answer.status < 400 and not answer.is_refusal:
        yield f"a credential of another host answers {answer.status}"


def _is_found(case: Case, answer: Answer) -> bool:
    is_record = case.form == "path" and case.address.route not in NO_RECORD
    return is_record and not answer.is_refusal and answer.status not in FOREIGN_IS_MISSING


def _may(case: Case) -> bool:
    """By the view that answers the path: another address may stand before the one that was meant."""
    found = resolve(case.question.path.partition("?")[0], settings.URLCONFS[case.address.place])
    needs = access.permission_of(found.func)
    return needs == access.SIGNED_IN or needs in case.actor.permissions


def _is_guarded(address: Address) -> bool:
    return address.needs is not None and address.needs != access.PUBLIC


@dataclass(frozen=True)
class Asker:
    """Makes the cases of one address for one actor."""

    stage: Stage

    def cases(self, address: Address, found: Found, actor: Actor, body: Mapping[str, Any]) -> Iterator[Case]:
        yield from self._own(address, found, actor, body)
        yield from self._carried(address, found, actor)
        yield from self._path(address, found, actor)
        yield from self._hidden(address, found, actor, body)

    def strangers(self, address: Address, found: Found, actor: Actor) -> Iterator[Case]:
        """Of another kind of place: the coordinator in a chamber, a chamber's people in the federation."""
        host = self._host_of(address)
        for method in USUAL:
            yield self._case("carried", address, actor, method, address.at(found.own), host=host)

    def rare(self, address: Address, found: Found, actor: Actor) -> Iterator[Case]:
        """Methods that hardly a page takes, once for each address."""
        for method in RARE:
            yield self._case("own", address, actor, method, address.at(found.own))

    def _own(self, address: Address, found: Found, actor: Actor, body: Mapping[str, Any]) -> Iterator[Case]:
        path = address.at(found.own)
        yield self._case("own", address, actor, "GET", path)
        yield self._case("own", address, actor, "POST", path, data=body)

    def _carried(self, address: Address, found: Found, actor: Actor) -> Iterator[Case]:
        """What the actor has for its own host, shown at another of the same kind."""
        there = {Place.CHAMBER: self.stage.theirs, Place.FEDERATION: self.stage.strange}.get(Place(address.place))
        if there is None:
            return  # there is one site
        for form, values in (("carried", found.own), ("carried whole", found.foreign(self.stage))):
            for method in USUAL:
                yield self._case(form, address, actor, method, address.at(values), host=there.host)

    def _path(self, address: Address, found: Found, actor: Actor) -> Iterator[Case]:
        """Another's keys in the address: all of them, and each alone; another's token."""
        changed = [found.foreign(self.stage), *(found.foreign(self.stage, only=name) for name in found.labels)]
        if "token" in address.parameters:
            changed.append({**found.own, "token": token_for(address.route, self.stage.theirs)})
        own = address.at(found.own)
        for path in dict.fromkeys(address.at(values) for values in changed):
            form = "token" if "token" in address.parameters else "path"
            for method in USUAL if path != own else ():
                yield self._case(form, address, actor, method, path)

    def _hidden(self, address: Address, found: Found, actor: Actor, body: Mapping[str, Any]) -> Iterator[Case]:
        """Another's keys where no address shows them: behind the question mark and in the body."""
        rows = {**self.stage.strange.rows, **self.stage.theirs.rows}
        path = address.at(found.own)
        query = {name: rows[label].pk for name, label in relations().items() if label in rows}
        yield self._case("query", address, actor, "GET", f"{path}?{urlencode(query)}")
        yield self._case("body", address, actor, "POST", path, data=with_keys(body, rows))

    def _case(
        self, form: str, address: Address, actor: Actor, method: str, path: str, *, host: str = "", data: Any = None
    ) -> Case:
        forbidden = self._forbidden(form, address, actor)
        host = host or self._host_of(address)
        sent = {} if data is None and method == "POST" else data
        caller = f"10.{hash((path, actor.name, form, method)) % 250}.{hash((path, form)) % 250}.{hash(path) % 250}"
        return Case(
            form, actor, address, Question(method, host, path, actor.cookies, actor.headers, sent, caller), forbidden
        )

    def _forbidden(self, form: str, address: Address, actor: Actor) -> frozenset[str]:
        """Whose words the actor may not read there."""
        stage = self.stage
        others = {stage.theirs.mark, stage.strange.mark}
        if "token" not in address.parameters and (actor.place != Place.CHAMBER or actor.name == "anonymous"):
            others.add(stage.mine.mark)
        if form == "carried whole" and "token" in address.parameters:
            others.discard(stage.theirs.mark)
        return frozenset(others)

    def _host_of(self, address: Address) -> str:
        here = {Place.CHAMBER: self.stage.mine.host, Place.FEDERATION: self.stage.common.host}
        return str(here.get(Place(address.place), settings.BASE_DOMAIN))
