"""A bank statement is matched, decided by a person where it is not certain, booked whole, undone whole."""

import io
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
STATEMENT = """\
交易日期,交易时间,对方户名,对方账号,收入金额,支出金额,余额,摘要,附言
2026-02-03,09:10:00,西安沅江茶业有限公司,6100000000000001,2000.00,,12000.00,转账,2026年会费
2026-02-04,10:00:00,某某科技有限公司,6100000000000002,2000.00,,14000.00,转账,会费
2026-02-05,11:00:00,,,,10.00,13990.00,手续费,短信服务费
2026-02-06,12:00:00,陕西澧水商贸有限公司,6100000000000003,3000.00,,16990.00,转账,2026会费
"""


def content(text: str = STATEMENT) -> bytes:
    return text.encode("gbk")


@pytest.fixture
def owed(rules: Any, member: Any, charge: Any) -> Any:
    """Two members who owe 2,000 yuan each; called in the chamber."""

    def make() -> list[Any]:
        names = ("西安沅江茶业有限公司", "陕西澧水商贸有限公司")
        return [charge(2_000, whose=member(name=name)) for name in names]

    return make


def keep() -> Any:
    from tenants.dues import reconciling

    return reconciling.keep(content(), filename="流水.csv")


def decisions(statement: Any) -> dict[str, str]:
    return {line.party or line.remark: line.decision for line in statement.lines.all()}


def test_what_is_certain_is_proposed_the_rest_is_asked(working: Any, owed: Any) -> None:
    from tenants.dues.models import Payment

    working("gu")
    owed()
    found = decisions(keep())
    assert found["西安沅江茶业有限公司"] == "book"
    assert found["某某科技有限公司"] == "ask"
    assert found["短信服务费"] == "leave"
    assert not Payment.objects.exists()


def test_a_booked_statement_settles_charges_and_the_same_file_brings_nothing_twice(working: Any, owed: Any) -> None:
    from tenants.dues.models import Entry, Payment

    working("gu")
    first, second = owed()
    statement = keep()
    line = statement.lines.get(party="陕西澧水商贸有限公司")
    _decide(line, second.member, 2_000)
    statement.book()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("settled", "settled")
    assert Entry.objects.credit(second.member_id) == 100_000
    again = keep()
    assert not again.lines.to_book().exists()
    assert Payment.objects.count() == 2


def test_undoing_takes_everything_back_and_it_can_be_booked_again(working: Any, owed: Any) -> None:
    from tenants.dues.models import Entry

    working("gu")
    first, _second = owed()
    before = Entry.objects.total()
    statement = keep()
    statement.book()
    statement.undo()
    first.refresh_from_db()
    assert (first.status, Entry.objects.total()) == ("open", before)
    statement.take_up()
    statement.book()
    first.refresh_from_db()
    assert first.status == "settled"


def test_two_statements_with_the_same_line_book_it_once(working: Any, owed: Any) -> None:
    from tenants.dues.models import Payment

    working("gu")
    owed()
    one, other = keep(), keep()
    one.book()
    with pytest.raises(ValidationError):
        other.book()
    assert Payment.objects.count() == 1


def test_money_that_went_back_comes_out_of_what_was_paid(working: Any, owed: Any) -> None:
    from tenants.dues import ledger, reconciling
    from tenants.dues.models import Entry

    working("gu")
    first, _second = owed()
    keep().book()
    back = STATEMENT + "2026-02-07,12:00:00,西安沅江茶业有限公司,6100000000000001,,2000.00,14990.00,转账,退2026年会费\n"
    statement = reconciling.keep(content(back), filename="流水.csv")
    line = statement.lines.get(amount_fen__lt=0, party="西安沅江茶业有限公司")
    _decide(line, first.member, 2_000)
    statement.book()
    first.refresh_from_db()
    assert (first.open_fen, Entry.objects.credit(first.member_id), ledger.balance(first.member_id)) == (
        200_000,
        0,
        200_000,
    )
    statement.undo()
    assert ledger.balance(first.member_id) == 0


def test_a_line_is_decided_in_the_browser(as_person: Any, owed: Any, signed_in: Any) -> None:
    with as_person("gu"):
        first = owed()[0]
    browser = signed_in("gu")
    sent = {"file": SimpleUploadedFile("流水.csv", content())}
    answer = browser.post("/dues/bankstatement/new/", sent)
    assert answer.status_code == 302
    page = browser.get(answer["Location"]).content.decode()
    assert "某某科技有限公司" in page
    with as_person("gu"):
        from tenants.dues.models import StatementLine

        line = StatementLine.objects.get(party="某某科技有限公司")
    url = f"/dues/bankstatement/lines/{line.pk}/"
    too_much = {"part0-member": first.member_id, "part0-year": 2026, "part0-fen": "2000.01"}
    assert "2,000.01" in browser.post(url, too_much).content.decode()
    assert browser.post(url, {**too_much, "part0-fen": "2000"}).status_code == 302
    with as_person("gu"):
        line.refresh_from_db()
        assert (line.decision, line.decided_by) == ("book", "顾清和")


def test_a_wrong_file_is_refused_in_words_and_nothing_is_kept(as_person: Any, signed_in: Any) -> None:
    sent = {"file": SimpleUploadedFile("照片.xlsx", b"\xff\xd8\xff\xe0")}
    answer = signed_in("gu").post("/dues/bankstatement/new/", sent)
    assert answer.status_code == 200
    with as_person("gu"):
        from tenants.dues.models import BankStatement

        assert not BankStatement.objects.exists()


def test_the_command_prints_every_row_and_writes_nothing(as_person: Any, owed: Any, tmp_path: Any) -> None:
    with as_person("gu"):
        owed()
    path, out = tmp_path / "流水.csv", io.StringIO()
    path.write_bytes(content())
    call_command("dues", "match", str(path), chamber="changde", dry_run=True, json=True, stdout=out)
    rows = {row["row"]: row for row in json.loads(out.getvalue())["rows"]}
    assert (rows[2]["match"], rows[3]["match"], rows[4]["match"]) == ("auto", "review", "none")
    [allocation] = rows[2]["allocations"]
    assert (allocation["member"], allocation["year"], allocation["fen"]) == ("西安沅江茶业有限公司", 2026, 200_000)
    assert rows[2]["reason"]
    with pytest.raises(CommandError):
        call_command("dues", "match", str(tmp_path / "无.csv"), chamber="changde", dry_run=True)
    with as_person("gu"):
        from tenants.dues.models import BankStatement

        assert not BankStatement.objects.exists()


def _decide(line: Any, member: Any, yuan: int) -> None:
    from tenants.dues import reconciling

    reconciling.decide(line, [{"member": str(member.pk), "year": 2026, "fen": 100 * yuan}], by="顾清和")
