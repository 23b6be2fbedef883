"""The API under cases made from its own document, few of them (G9); `huiguan verify api` is the long form."""

from api.abuse.callers import caller_of
from api.abuse.fuzzing import fuzz, known_to
from tests.conftest import chamber

FEW = 6


def silent(_text: str) -> None:
    pass


def test_whatever_is_sent_is_answered_as_the_document_says(own_database: str) -> None:
    caller = caller_of(chamber("changde"), "verify")
    seen = fuzz(caller, known_to(caller), examples=FEW, seed_=7, say=silent)
    assert seen.result.passed, seen.result
    assert len(seen.operations) >= 6
    assert {status for (_name, status) in seen.met} >= {200, 400, 404}, seen.met
