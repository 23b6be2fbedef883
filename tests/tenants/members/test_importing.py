"""A register goes in through the browser: read, corrected, imported all or nothing, undone, imported again."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from huiguan.actors import NotAllowed
from huiguan.states import WrongState
from tenants.members.importing import applying
from tenants.members.importing.reading import read_file
from tenants.members.models import Contact, ImportedRow, Member, Position, RegisterImport

REGISTER = Path(__file__).resolve().parents[3] / "tenants/members/demo/members_register_a.xlsx"
SMALL = """\
企业名称,统一社会信用代码,商会职务,联系人,手机,入会时间
西安沅江茶业有限公司,,副会长单位,张越,13900000001,2019.3.5
陕西澧水商贸有限公司,,会员,李初,13900000002,2020年
西安沅江茶业有限公司,,副会长单位,张越,13900000001,2019.3.5
"""


def small(text: str = SMALL) -> bytes:
    return text.encode("gbk")


def read(text: str = SMALL) -> RegisterImport:
    return read_file(content=small(text), filename="名册.csv")


def test_somebody_without_the_right_cannot_import(working: Any) -> None:
    working("gu")
    source = read()
    with pytest.raises(NotAllowed):
        source.apply()
    assert not Member.objects.exists()


def test_nothing_is_a_member_before_it_is_applied(working: Any) -> None:
    working("qin")
    source = read()
    assert source.counts() == {"ignored": 1, "member": 2, "duplicate": 1}
    assert not Member.objects.exists()


def test_what_the_register_notes_of_paid_years_is_kept_and_told_to_the_matching_of_payments(working: Any) -> None:
    from tenants.dues.payees import payees

    working("qin")
    read(
        "企业名称,会费标准,2024年会费,2025年会费\n西安沅江茶业有限公司,2000,√,\n陕西澧水商贸有限公司,2000,免,1000\n"
    ).apply()
    tea, trade = Member.objects.get(name__contains="茶"), Member.objects.get(name__contains="商贸")
    assert tea.paid_before == {"2024": {"status": "paid", "fen": 200_000}, "2025": {"status": "unpaid"}}
    assert Member.trail_words["paid_before"](tea.paid_before) == "2025 年未缴；2024 年已缴 ¥2,000.00"
    known = {payee.name: (payee.noted, payee.open) for payee in payees()}
    assert known[tea.name] == ({2024: 200_000}, {2025: 200_000})
    assert known[trade.name][1] == {2024: 0}


def test_a_member_that_was_there_is_told_of_paid_years_and_forgets_them_when_the_import_is_undone(working: Any) -> None:
    working("qin")
    Member.objects.create(name="西安沅江茶业有限公司")
    source = read("企业名称,会费标准,2024年会费\n西安沅江茶业有限公司,2000,√\n")
    source.apply()
    assert Member.objects.get().paid_before["2024"]["status"] == "paid"
    source.undo()
    assert Member.objects.get().paid_before == {}


def test_an_applied_import_makes_members_with_people_and_positions(working: Any) -> None:
    working("qin")
    read().apply()
    tea = Member.objects.get(name="西安沅江茶业有限公司")
    assert (tea.joined(), tea.position_titles(), tea.main_contact()) == ("2019-03-05", "副会长", "张越")
    assert Contact.objects.get(member=tea).phone == "13900000001"
    assert (Member.objects.count(), Position.objects.count()) == (2, 2)
    assert [m.name for m in Member.objects.all().search("yjcy")] == ["西安沅江茶业有限公司"]


def test_a_column_that_nobody_could_name_is_kept_as_a_note(working: Any) -> None:
    working("qin")
    read("企业名称,联系人,手机,爱好,身份证\n西安沅江茶业有限公司,张越,13900000001,书法,610103198001010011\n").apply()
    assert Member.objects.get().remarks == "爱好：书法"


def test_an_import_that_fails_in_the_middle_leaves_nothing(working: Any, monkeypatch: Any) -> None:
    working("qin")
    source = read()

    def fail(made: Any) -> None:
        Member.objects.bulk_create([m.member for m in made])
        raise RuntimeError

    monkeypatch.setattr(applying, "store", fail)
    with pytest.raises(RuntimeError):
        source.apply()
    assert not Member.objects.exists()
    assert RegisterImport.objects.get().status == "read"


def test_an_import_is_applied_once(working: Any) -> None:
    working("qin")
    source = read()
    source.apply()
    with pytest.raises(WrongState):
        source.apply()
    assert Member.objects.count() == 2


def test_an_undone_import_leaves_nothing_and_can_be_imported_again(working: Any) -> None:
    working("qin")
    source = read()
    source.apply()
    source.undo()
    assert not Member.objects.exists()
    source.take_up()
    source.apply()
    assert Member.objects.count() == 2


def test_an_import_is_not_undone_over_a_persons_later_work(working: Any) -> None:
    working("qin")
    source = read()
    source.apply()
    changed = Member.objects.first()
    Member._base_manager.filter(pk=changed.pk).update(created_at="2020-01-01T00:00Z")
    changed.refresh_from_db()
    changed.remarks = "电话已核对"
    changed.save()
    with pytest.raises(ValidationError):
        source.undo()
    assert Member.objects.count() == 2


def test_members_that_are_there_already_are_completed_not_doubled(working: Any) -> None:
    working("qin")
    Member(name="西安沅江茶业有限公司", remarks="老会员").save()
    source = read()
    source.apply()
    tea = Member.objects.get(name="西安沅江茶业有限公司")
    assert (tea.remarks, tea.short_name) == ("老会员", "沅江茶业")
    source.undo()
    tea.refresh_from_db()
    assert (Member.objects.count(), tea.short_name) == (1, "")


def test_a_person_corrects_rows_in_the_browser_and_imports(signed_in: Any, as_person: Any) -> None:
    browser = signed_in("tan")
    upload = SimpleUploadedFile(
        "名册.csv", small("企业名称,联系人,手机,入会时间\n,,,\n西安沅江茶业有限公司,张越,1.39E+10,2018.1\n")
    )
    answer = browser.post("/members/import/", {"file": upload})
    assert answer.status_code == 302
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "西安沅江茶业有限公司" in page
    with as_person("qin"):
        row = ImportedRow.objects.get(row_class="member")
    assert row.asks
    asked = {"decision": "take", "name": row.name, "kind": "enterprise", "contacts": "张越", "phones": "139"}
    wrong = browser.post(f"/members/registerimport/rows/{row.pk}/", asked)
    assert wrong.status_code == 200  # too short a number: what was typed stays
    browser.post(f"/members/registerimport/rows/{row.pk}/", {**asked, "phones": "13900000001", "joined": "2018-10"})
    browser.post(f"/members/registerimport/{row.source_id}/moves/apply/")
    with as_person("qin"):
        made = Member.objects.get()
        assert (made.joined(), made.contacts.get().phone) == ("2018-10", "13900000001")


@pytest.mark.parametrize(
    ("name", "content"),
    [("名册.xlsx", b"PK\x03\x04" + b"0" * 500), ("名册.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600), ("空.csv", b"")],
)
def test_a_file_that_is_no_register_is_refused_with_a_sentence(
    signed_in: Any, working: Any, name: str, content: bytes
) -> None:
    answer = signed_in("tan").post("/members/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    assert "invalid-feedback" in answer.content.decode()
    working("qin")
    assert not RegisterImport.objects.exists()


def test_another_meaning_of_a_column_reads_the_file_again(signed_in: Any, working: Any) -> None:
    browser = signed_in("tan")
    upload = SimpleUploadedFile("名册.csv", small("企业名称,备用名\n西安沅江茶业有限公司,沅茶\n"))
    location = browser.post("/members/import/", {"file": upload}).headers["Location"]
    assert browser.get(f"{location}columns/").status_code == 200
    browser.post(f"{location}columns/", {"0-A": "name", "0-B": "short_name"})
    working("qin")
    assert ImportedRow.objects.get(row_class="member").fields["short_name"] == "沅茶"


def test_the_command_line_says_what_each_row_becomes_and_changes_nothing(
    changde: Any, working: Any, tmp_path: Path
) -> None:
    file, said = tmp_path / "名册.csv", StringIO()
    file.write_bytes(small())
    call_command("members", "import", str(file), "--chamber", "changde", "--dry-run", "--json", stdout=said)
    rows = json.loads(said.getvalue())["rows"]
    assert [row["class"] for row in rows] == ["ignored", "member", "member", "duplicate"]
    assert rows[3]["duplicate_of_row"] == 2
    with pytest.raises(CommandError):
        call_command("members", "import", str(file), "--chamber", "nowhere", "--dry-run")
    working("qin")
    assert not Member.objects.exists()


@pytest.mark.skipif(not REGISTER.exists(), reason="the demo's register is not there")
def test_the_whole_register_of_changde_goes_in(working: Any) -> None:
    working("qin")
    source = read_file(content=BytesIO(REGISTER.read_bytes()).getvalue(), filename=REGISTER.name)
    source.apply()
    active, left = Member.objects.active().count(), Member.objects.filter(status="left").count()
    assert (active, left) == (232, 18)
