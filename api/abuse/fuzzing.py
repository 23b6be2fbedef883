"""Whatever anybody sends to an operation of the API is answered as the document says. Cases by schemathesis. [G9]"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks
from schemathesis.core.failures import Failure, FailureGroup

from api.abuse.callers import LISTINGS, Caller, caller_of
from api.trials.house import throw_away
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy import hosts
from huiguan.verifying import Result, Say

checks.load_all_checks()
CHECKS = checks.CHECKS.get_by_names(
    [
        *("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"),
        *("response_headers_conformance", "ignored_auth"),
    ]
)
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
APPLICATION = get_wsgi_application()
SHOWN = 400  # characters of a failure


@dataclass
class Fuzzed:
    """`met` counts answers by operation and status."""

    seed: int
    met: Counter[tuple[str, int]] = field(default_factory=Counter)
    operations: set[str] = field(default_factory=set)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def result(self) -> Result:
        cases = sum(self.met.values())
        errors = sum(number for (_name, status), number in self.met.items() if status >= 500)
        figure = f"{errors} server errors and {len(self.failures)} kinds of failures in {cases:,} calls "
        figure += f"of {len(self.operations)} operations (seed {self.seed})"
        answers = {f"{name} {status}": number for (name, status), number in sorted(self.met.items())}
        return Result(figure, not errors and not self.failures, {**answers, "failures": list(self.failures.values())})


def api(*, examples: int, seed_: int, say: Say) -> Result:
    with acting_as(SYSTEM), throw_away(["甲"], say) as house:
        [chamber] = house.chambers.values()
        caller = caller_of(chamber, house.mark)
        return fuzz(caller, known_to(caller), examples=examples, seed_=seed_, say=say).result


def known_to(caller: Caller) -> dict[str, Any]:
    """The key of a record that there is."""
    need = {"kind": "need", "title": "找会场", "contact_name": "联系人", "contact_phone": "13900000001"}
    return {"id": caller.post(LISTINGS, need).json()["id"]}


def document() -> dict[str, Any]:
    """The OpenAPI document, as partners read it."""
    generator: Any = SchemaGenerator
    found: dict[str, Any] = generator(urlconf="api.document_urls").get_schema(request=None, public=True)
    return found


def fuzz(caller: Caller, known: dict[str, Any], *, examples: int, seed_: int, say: Say) -> Fuzzed:
    """Each operation with valid and with invalid values; `known` are keys of records that there are."""
    seen = Fuzzed(seed_)
    for operation in _operations(caller):
        seen.operations.add(operation.label)
        for mode in MODES:
            _try(seen, caller, operation, mode, known, max(1, examples // len(MODES)))
        say(f"{operation.label}: {sum(n for (name, _s), n in seen.met.items() if name == operation.label)} calls")
    return seen


def _operations(caller: Caller) -> Iterator[Any]:
    schema: Any = schemathesis.openapi.from_dict(document())
    schema.app = APPLICATION
    schema.config.update(base_url=_base(caller))
    for found in schema.get_all_operations():
        yield found.ok()


def _base(caller: Caller) -> str:
    return hosts.absolute_url(hosts.primary_host(caller.chamber))


def _try(seen: Fuzzed, caller: Caller, operation: Any, mode: Any, known: dict[str, Any], examples: int) -> None:
    """Every second case asks for a record that is there: of one that is not there is little to see."""
    turns = iter(range(10**9))

    def one(case: Any) -> None:
        if mode == GenerationMode.POSITIVE and next(turns) % 2:
            _aim(case, known)
        _judge(seen, caller, operation, case)

    calm = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        seeded: Any = seed(seen.seed)
        cases: Any = given(operation.as_strategy(generation_mode=mode))
        seeded(calm(cases(one)))()
    except Unsatisfiable:  # of an operation without parameters nothing can be invalid
        return


def _aim(case: Any, known: dict[str, Any]) -> None:
    if "id" in (case.path_parameters or {}):
        case.path_parameters["id"] = known["id"]
    if "listing" in (case.query or {}):
        case.query["listing"] = known["id"]


def _judge(seen: Fuzzed, caller: Caller, operation: Any, case: Any) -> None:
    caller.forget_rate()
    how = {"headers": dict(caller.headers), "base_url": _base(caller)}
    answer = case.call(**how)
    seen.met[operation.label, answer.status_code] += 1
    try:
        case.validate_response(answer, checks=CHECKS, headers=how["headers"], transport_kwargs=how)
    except FailureGroup as group:
        for each in group.exceptions:
            _note(seen, operation, each, case)
    except Failure as failure:
        _note(seen, operation, failure, case)


def _note(seen: Fuzzed, operation: Any, failure: Any, case: Any) -> None:
    kind = f"{operation.label}: {failure.title}"
    said = f"{kind}: {failure.message} {case.query} {case.body!r}"
    seen.failures.setdefault(f"{kind} {failure.message[:80]}", said[:SHOWN])
