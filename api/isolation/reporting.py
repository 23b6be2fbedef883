"""What the walk found, as a figure; and which addresses it was excused from."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator

from api.isolation.excused import OUT_OF_REACH, is_excused
from api.isolation.running import Walk, Walked, every_address
from api.isolation.stage import Stage, stage
from huiguan.verifying import Options, Result, Say
from huiguan.verifying.addresses import PARAMETER, Address, addresses


def isolation(options: Options, say: Say) -> Result:
    """Goal G1. `every` n takes each n-th address."""
    with stage(say) as opened:
        return walked(opened, say, every=options["every"], start=options["start"])


def walked(opened: Stage, say: Say, *, every: int = 1, start: int = 0) -> Result:
    found = Walk(opened, say).through(every_address()[start::every])
    strays = sorted(each for each in found.asked - found.reached if not is_excused(each))
    stale = sorted(OUT_OF_REACH & found.reached)
    undocumented = sorted(_routes() ^ _documented())
    faults = [
        *found.faults,
        *(f"never reached: {each}" for each in strays),
        *(f"reached after all: {e}" for e in stale),
    ]
    faults += [f"in the URL set or in the OpenAPI document alone: {each}" for each in undocumented]
    return Result(_figure(found), not faults, {**_details(found, opened), "faults": faults})


def _figure(found: Walked) -> str:
    leaks = sum(each.startswith(("leak", "written", "cached", "logged")) for each in found.faults)
    return f"{leaks} leaks over {found.requests:,} requests to {len(found.asked)} addresses"


def _details(found: Walked, opened: Stage) -> dict[str, Any]:
    return {
        "requests": found.requests,
        "addresses": len(found.asked),
        "reached": len(found.reached),
        "out_of_reach": sorted(found.asked - found.reached),
        "statuses": {str(status): number for status, number in sorted(found.statuses.items())},
        "forms": dict(found.forms),
        "canary_fields": sum(len(words) for side in opened.sides for words in side.filler.marked.values()),
        "rows_without_canaries": [label for side in opened.sides for label in side.filler.plain],
    }


def _documented() -> set[str]:
    """What the OpenAPI document describes, with a star for each parameter."""
    generator: Any = SchemaGenerator
    document = generator(urlconf="api.document_urls").get_schema(request=None, public=True)
    return {_starred(path.replace("{", "<").replace("}", ">")) for path in document["paths"]}


def _routes() -> set[str]:
    return {_starred(each.route) for each in addresses("chamber") if _is_of_the_api(each)}


def _is_of_the_api(address: Address) -> bool:
    return address.route.startswith("/api/")


def _starred(route: str) -> str:
    return PARAMETER.sub("*", route)
