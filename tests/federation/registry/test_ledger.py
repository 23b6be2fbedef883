"""The federation's tables against the chambers' ledgers: what no ledger says is found."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command

from federation.registry.holding import holdings, unnamed
from federation.registry.holding.comparing import compare
from federation.registry.holding.saying import is_said, spellings, words_of
from huiguan.actors import acting_as
from huiguan.outbox.delivery import deliver
from huiguan.tenancy.binding import in_chamber, in_federation

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def entry(changde: Any, actor: Any) -> Any:
    """Changde's entry in the directory, published and delivered."""
    from tenants.affiliation.models import Affiliation, Entry

    with acting_as(actor("qin")), in_chamber(changde):
        affiliation = Affiliation.objects.get()
        made = Entry.objects.create(affiliation=affiliation, introduction="以建材企业为主。", strengths=["建材"])
        made.publish()
    deliver(changde)
    return made


@pytest.mark.parametrize(
    ("said", "held", "is_in_it"),
    [
        ({"a": [{"b": "三家"}]}, "三家", True),
        ({"a": "三家企业"}, "三家", False),
        ({"a": 1200.5}, Decimal("1200.50"), True),
        ({"a": "1200.50"}, Decimal("1200.5"), True),
        ({"a": "2026-03-01T09:00:00+08:00"}, datetime.datetime(2026, 3, 1, 1, tzinfo=datetime.UTC), True),
        ({"a": "甲", "b": "乙"}, "甲\n乙", True),
        ({"a": "甲"}, "甲\n丙", False),
    ],
)
def test_words_are_compared_whole_in_one_spelling(said: Any, held: Any, is_in_it: bool) -> None:
    [word] = words_of(held)
    assert is_said(word, set(spellings(said))) == is_in_it


def test_nothing_is_said_by_what_is_blank_and_bytes_are_their_digest() -> None:
    assert list(words_of(["", [], None, False])) == []
    assert [len(word) for word in words_of(b"x")] == [64]


def test_every_table_of_the_federation_is_named_and_every_field_explained_exists() -> None:
    assert unnamed() == []


def test_a_table_that_nobody_names_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from federation.registry.models import Profile

    monkeypatch.delitem(holdings(), Profile)
    assert unnamed() == ["registry.Profile"]


def test_what_the_ledger_says_is_all_that_the_federation_holds(entry: Any) -> None:
    found = compare()
    assert found.foreign == [] and found.words > 20


def test_one_planted_field_is_caught(entry: Any, capsys: Any) -> None:
    from federation.registry.models import Profile

    with in_federation():
        Profile.objects.update(website="https://example.com/made-up")
    [foreign] = compare().foreign
    assert "registry.Profile.website" in foreign and "made-up" in foreign
    with pytest.raises(SystemExit):
        call_command("verify", "ledger")
    assert "FAILED: 1 foreign" in capsys.readouterr().out


def test_another_chambers_word_is_foreign_too(entry: Any, shaoyang: Any, hunan: Any) -> None:
    from federation.registry.models import Membership, Profile

    with in_federation():
        theirs = Membership.objects.get(chamber_id=shaoyang.pk)
        Profile.objects.update(membership=theirs)
    assert any("registry.Profile.introduction" in each for each in compare().foreign)


def test_a_message_that_was_received_otherwise_than_the_ledger_says_is_found(entry: Any) -> None:
    from huiguan.inbox.models import Receipt

    with in_federation():
        changed = Receipt.objects.filter(name="affiliation.profile_published")
        changed.update(digest="0" * 64)
        whose = {"chamber_id": changed.get().chamber_id, "federation_id": changed.get().federation_id}
        Receipt.objects.create(message_id=uuid.uuid4(), name="x", digest="", **whose)
    assert ["received otherwise" in each for each in compare().foreign] == [True, True]
