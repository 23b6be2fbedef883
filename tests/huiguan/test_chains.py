"""Tampering with the trail is found, whoever did it; numbers have no gap however many write at once (goal G18)."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huiguan.actors import SYSTEM, Actor, acting_as
from huiguan.audit import chains
from huiguan.audit.models import Entry
from huiguan.keys import uuid7
from huiguan.tenancy.binding import in_chamber, in_federation
from tenants.members.models import Group
from tests.conftest import chamber, federation
from tests.support.threads import together


@pytest.fixture
def changde_with_a_trail(own_database: str) -> Any:
    """Four entries, committed, so that the owner's login can reach them."""
    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        for name in ("一组", "二组", "三组", "四组"):
            Group.objects.create(name=name)
    return here


def as_owner(chamber: Any, statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement.replace("BOOK", f'"{chamber.schema_name}".audit_entry'))


def last_number(chamber: Any) -> int:
    with in_chamber(chamber):
        return int(Entry.objects.latest("number").number)


@pytest.mark.parametrize(
    "tampering",
    [
        "update BOOK set actor = '另一人' where number = :n",
        "update BOOK set record_text = '' where number = :n",
        "update BOOK set changes = '{}' where number = :n",
        "update BOOK set facts = '{\"x\": 1}' where number = :n",
        "update BOOK set at = at + interval '1 hour' where number = :n",
        "update BOOK set previous = digest where number = :n",
        "update BOOK a set changes = b.changes from BOOK b where a.number = :n and b.number = :n + 1",
        "delete from BOOK where number = :n",
    ],
)
def test_an_edited_or_removed_entry_is_found(changde_with_a_trail: Any, tampering: str) -> None:
    middle = last_number(changde_with_a_trail) - 2
    before = chains.of_chamber(changde_with_a_trail)
    as_owner(changde_with_a_trail, tampering.replace(":n", str(middle)))
    after = chains.of_chamber(changde_with_a_trail)
    assert before.is_whole
    assert after.first_break == (middle + 1 if "delete" in tampering else middle)


def test_reordered_entries_are_found(changde_with_a_trail: Any) -> None:
    last = last_number(changde_with_a_trail)
    for one, other in ((last, 0), (last - 1, last), (0, last - 1)):
        as_owner(changde_with_a_trail, f"update BOOK set number = {other} where number = {one}")
    assert chains.of_chamber(changde_with_a_trail).first_break == last - 1


def test_entries_missing_at_the_end_are_found(changde_with_a_trail: Any) -> None:
    last = last_number(changde_with_a_trail)
    as_owner(changde_with_a_trail, f"delete from BOOK where number >= {last - 1}")
    verdict = chains.of_chamber(changde_with_a_trail)
    assert (verdict.entries, verdict.first_break) == (last - 2, last - 1)
    as_owner(changde_with_a_trail, "delete from BOOK")
    assert chains.of_chamber(changde_with_a_trail).first_break == 1


def test_an_entry_that_somebody_slipped_in_is_found(changde_with_a_trail: Any) -> None:
    with in_chamber(changde_with_a_trail):
        forged = Entry.objects.latest("number")
    forged.number, forged.previous = forged.number + 1, forged.digest
    forged.pk, forged.digest = None, forged.computed_digest()
    with in_chamber(changde_with_a_trail):
        forged.pk = uuid7()
        forged.save(force_insert=True)
    assert chains.of_chamber(changde_with_a_trail).first_break == forged.number + 1


def test_two_who_write_at_once_leave_numbers_without_a_gap(changde_with_a_trail: Any) -> None:
    def work(name: str) -> None:
        for number in range(5):
            with acting_as(SYSTEM), in_chamber(changde_with_a_trail):
                Group.objects.create(name=f"{name}{number}")

    assert together(work, ["甲", "乙"]) == [None, None]
    verdict = chains.of_chamber(changde_with_a_trail)
    assert (verdict.is_whole, verdict.entries) == (True, last_number(changde_with_a_trail))


def test_the_first_two_entries_of_a_chain_may_come_at_once(own_database: str) -> None:
    """A federation that has no chain yet: both begin it."""
    fresh, known = uuid7(), federation()

    def work(_number: int) -> None:
        with acting_as(Actor("新", permissions=frozenset({"*"}), federation_id=fresh)), in_federation():
            type(known).objects.get(pk=known.pk).save(verb="noted")

    assert together(work, range(2)) == [None, None]
    with in_federation():
        verdict = chains._verify("journal", str(fresh), "新")
    assert (verdict.entries, verdict.is_whole) == (2, True)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(blacklist_characters="\x00", blacklist_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("字ab ", max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def test_whatever_was_said_is_read_back_as_it_was_chained(changde: Any) -> None:
    with acting_as(SYSTEM), in_chamber(changde):
        group = Group.objects.create(name="一组")

        @settings(max_examples=30, deadline=None, derandomize=True, database=None)
        @example([1e16, -0.0, 1e-7, 1e300, 0.1])
        @given(PLAIN)
        def say(value: Any) -> None:
            group.save(verb="noted", facts={"value": value})
            written = Entry.objects.filter(record_id=group.pk).latest("number")
            assert written.digest == written.computed_digest()

        say()


def verify(*arguments: str) -> list[Any]:
    out = io.StringIO()
    call_command("audit", "verify", *arguments, "--json", stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_verifies_one_chain_or_all(changde: Any, shaoyang: Any, hunan: Any) -> None:
    [one] = verify("--chamber", "changde")
    assert (one["chain"], one["first_break"]) == ("changde", None)
    assert one["entries"] > 0
    [federations] = verify("--federation", "hunan")
    assert (federations["chain"], federations["first_break"]) == ("hunan", None)
    assert {v["chain"] for v in verify("--all")} == {"changde", "shaoyang", "hunan", "site"}


def test_the_command_fails_on_a_break_and_on_an_unknown_name(changde_with_a_trail: Any) -> None:
    as_owner(changde_with_a_trail, "update BOOK set actor = '另一人' where number = 1")
    out = io.StringIO()
    with pytest.raises(CommandError, match="changde"):
        call_command("audit", "verify", "--all", stdout=out)
    assert "entries, BROKEN at entry 1\n" in out.getvalue()
    for whose in ("--chamber", "--federation"):
        with pytest.raises(CommandError, match="nowhere"):
            call_command("audit", "verify", whose, "nowhere")
