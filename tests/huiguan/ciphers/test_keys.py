"""Keys of chambers: changed while people work, carried with a chamber, destroyed with it, nowhere in the clear."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from huiguan.actors import SYSTEM, acting_as
from huiguan.ciphers import handing, ring
from huiguan.ciphers.models import ChamberKey, DataKey
from huiguan.ciphers.rewriting import left, retire, rewrap, rewrite, rotate_key
from huiguan.ciphers.ring import NoKey, add_data_key, ring_of
from huiguan.ciphers.wrapping import WrongKey, master, unwrap
from huiguan.tenancy import hosts, provisioning
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.keeping import Impossible, archives, exporting, moving
from huiguan.tenancy.keeping.backups import back_up
from huiguan.tenancy.keeping.erasing import erase
from huiguan.tenancy.keeping.receiving import receive
from huiguan.tenancy.keeping.restoring import restore
from huiguan.tenancy.models import Chamber, Spare
from tenants.members.models import Contact, Member
from tests.conftest import chamber
from tests.huiguan.tenancy.keeping.conftest import owner
from tests.support import database

PHONE = "13812345678"
OTHER = base64.b64encode(b"another-master-key-of-32-bytes!!").decode()


@pytest.fixture(autouse=True)
def _no_waiting(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.RUN_DIR, settings.KEY_SECONDS = tmp_path, 0
    monkeypatch.setattr(hosts, "SECONDS", 0)
    yield
    ring._rings.clear()


@pytest.fixture
def here(own_database: str) -> Chamber:
    """With a member whose contact has a telephone."""
    found: Chamber = chamber("changde")
    write_phone(found, PHONE)
    return found


def write_phone(whose: Chamber, phone: str) -> None:
    with acting_as(SYSTEM), in_chamber(whose):
        member = Member.objects.create(name="密文商行")
        Contact.objects.create(member=member, name="甲", phone=phone)


def phones(whose: Chamber, **asked: Any) -> list[str]:
    with in_chamber(whose):
        return list(Contact.objects.filter(member__name="密文商行", **asked).values_list("phone", flat=True))


def stored(whose: Chamber) -> list[str]:
    return [text for (text,) in owner(f"select phone from \"{whose.schema_name}\".members_contact where phone <> ''")]


def test_a_chamber_without_a_key_says_what_to_do(here: Chamber) -> None:
    handing.destroy(here.pk)
    with pytest.raises(NoKey, match="huiguan migrate"):
        phones(here)


def test_another_master_key_opens_nothing(here: Chamber, settings: Any) -> None:
    settings.MASTER_KEY = OTHER
    with pytest.raises(WrongKey, match="MASTER_KEY_FALLBACKS"):
        phones(here)
    with pytest.raises(CommandError, match="MASTER_KEY"):
        call_command("keys", "check", "changde")


def test_while_a_key_is_changed_both_are_read_and_found(here: Chamber) -> None:
    add_data_key(here.pk)
    write_phone(here, "13900001111")
    assert set(phones(here)) == {PHONE, "13900001111"}
    for asked in ({"phone": PHONE}, {"phone__contains": "5678"}, {"phone__contains": "1111"}):
        assert len(phones(here, **asked)) == 1
    assert left(here) == 1
    assert retire(here) is False


def test_after_it_all_values_have_the_new_key_and_the_old_one_is_asked_no_more(here: Chamber) -> None:
    before, trail = ring_of(here.pk).newest, owner(f'select count(*) from "{here.schema_name}".audit_entry')
    assert rotate_key(here) >= 1
    ring_now = ring_of(here.pk)
    assert ring_now.live == (ring_now.newest,)
    assert before in ring_now.ciphers
    assert {text[4:12] for text in stored(here)} == {ring_now.newest}
    assert phones(here, phone=PHONE) == [PHONE]
    assert owner(f'select count(*) from "{here.schema_name}".audit_entry') == trail


def test_an_interrupted_change_goes_on_where_it_was(here: Chamber, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        write_phone(here, f"1390000000{n}")
    add_data_key(here.pk)
    monkeypatch.setattr("huiguan.ciphers.rewriting.AT_ONCE", 2)

    def stop(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rewrite(here, stop)
    assert left(here) == 3
    assert rewrite(here) == 3
    assert left(here) == 0


def test_what_was_in_the_clear_is_encrypted_and_no_copy_of_it_stays(here: Chamber, capsys: Any) -> None:
    owner(f'update "{here.schema_name}".members_contact set phone = %s', PHONE)
    owner(f"update \"{here.schema_name}\".members_member set search_text = search_text || ' ' || %s", PHONE)
    call_command("keys", "encrypt", "changde", "--json")
    assert json.loads(capsys.readouterr().out)["left"] == 0
    assert all(text.startswith("hg1.") for text in stored(here))
    assert phones(here, phone=PHONE) == [PHONE]
    tables = owner("select tablename from pg_tables where schemaname = %s", here.schema_name)
    for (table,) in tables:
        rows = owner(f'select count(*) from "{here.schema_name}"."{table}" t where t::text like %s', f"%{PHONE}%")
        assert rows == [(0,)], table


def test_a_new_master_key_wraps_all_and_the_old_one_can_go(here: Chamber, settings: Any) -> None:
    old = settings.MASTER_KEY
    settings.MASTER_KEY, settings.MASTER_KEY_FALLBACKS = OTHER, [old]
    assert rewrap() == ChamberKey.objects.count()
    settings.MASTER_KEY_FALLBACKS = []
    assert phones(here) == [PHONE]
    assert rewrap() == 0


def test_a_backup_from_before_the_change_is_restored_and_goes_on(here: Chamber, tmp_path: Path) -> None:
    path, _manifest = back_up(here, tmp_path / "old.tar.gz")
    rotate_key(here)
    restore(here, path)
    assert phones(here, phone__contains="5678") == [PHONE]
    assert rewrite(here) >= 1
    assert retire(here)
    assert phones(here, phone__contains="5678") == [PHONE]


def test_an_export_can_be_read(here: Chamber, tmp_path: Path) -> None:
    import zipfile

    exporting.export(here, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        rows = [json.loads(line) for line in archive.read("tables/members_contact.jsonl").splitlines()]
    assert PHONE in {row["phone"] for row in rows}


def test_a_backup_holds_no_number_and_nothing_that_the_master_key_opens(here: Chamber, tmp_path: Path) -> None:
    path, _manifest = back_up(here, tmp_path / "all.tar.gz")
    archive = archives.checked(path)
    assert PHONE.encode() not in b"".join(archive.lines())
    for row in archive.public["keys"]:
        with pytest.raises(WrongKey):
            unwrap(row["wrapped"], master(), ring.data_purpose(row["id"]))


@pytest.fixture
def chenzhou(own_database: str) -> Chamber:
    """A chamber that no other database knows."""
    Spare.objects.all().delete()
    opened = provisioning.open_chamber(name="西安市郴州商会", slug="chenzhou")
    write_phone(opened, PHONE)
    owner(f'update "{opened.schema_name}".outbox_message set state = %s', "delivered")
    return opened


@pytest.fixture
def there(own_database: str) -> Iterator[str]:
    """Another prepared database, as its owner's address."""
    name = f"{own_database}_there"
    with database.fresh_copy(name):
        yield database.server().url("huiguan_owner", name)


def test_an_erased_chambers_backup_can_never_be_read_again(chenzhou: Chamber, there: str, tmp_path: Path) -> None:
    chenzhou.suspend()
    path, _manifest = back_up(chenzhou, tmp_path / "all.tar.gz")
    erase(chenzhou, confirm=chenzhou.name, kept=path)
    assert not ChamberKey.objects.filter(pk=chenzhou.pk).exists()
    assert not DataKey.objects.filter(chamber_id=chenzhou.pk).exists()
    with moving._owner_there(there), pytest.raises(Impossible, match="key is not here"):
        receive(path)


def test_it_is_received_with_its_key_where_the_master_key_is_another(
    chenzhou: Chamber, there: str, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "theirs").write_text(OTHER)
    moving.move(chenzhou, to=there, key_to=tmp_path / "theirs")
    settings.MASTER_KEY = OTHER
    with moving._owner_there(there):
        key = ring.opened(ChamberKey.objects.using("owner").get(pk=chenzhou.pk))
        rows = list(DataKey.objects.using("owner").filter(chamber_id=chenzhou.pk))
        assert [len(unwrap(row.wrapped, key, ring.data_purpose(row.id))) for row in rows] == [32]


def test_a_key_file_for_another_installation_is_refused_with_a_sentence(here: Chamber, tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text(OTHER)
    handing.write(handing.key_of(here.pk, tmp_path / "theirs"), tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(handing.NoKeyHere, match="cannot be read"):
        handing.read(tmp_path / "key")
    handing.write(handing.key_of(here.pk), tmp_path / "own")
    assert handing.read(tmp_path / "own").chamber_id == here.pk
