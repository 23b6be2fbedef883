"""Small statements and registers for the tests of single rules."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tenants.dues.statements import Line, Matched, Payee, match_lines

TODAY = date(2025, 12, 31)
CHAMBER = "陕西省邵阳商会"

JIA = Payee(
    "jia",
    "西安甲木商贸有限公司",
    legal_representative="向问天",
    contacts=("成不忧",),
    phones=("13900000001",),
    credit_code="91610104MA00000010",
    kind="enterprise",
    dues_fen=300_000,
)
YI = Payee(
    "yi",
    "陕西乙水建材有限责任公司",
    former_names=("陕西丙火建材有限公司",),
    legal_representative="封不平",
    kind="enterprise",
    dues_fen=100_000,
)
DING = Payee("ding", "丁香", kind="individual", dues_fen=50_000)
MEMBERS = (JIA, YI, DING)


def came(yuan: float, party: str = "", remark: str = "", *, on: str = "2025-03-01", **more: Any) -> Line:
    """Money that came in."""
    return Line("明细", 1, date.fromisoformat(on), party=party, income_fen=round(yuan * 100), remark=remark, **more)


def went(yuan: float, party: str = "", remark: str = "", *, on: str = "2025-06-01", **more: Any) -> Line:
    return Line("明细", 1, date.fromisoformat(on), party=party, expense_fen=round(yuan * 100), remark=remark, **more)


def matched(*lines: Line, members: Sequence[Payee] = MEMBERS, today: date = TODAY) -> list[Matched]:
    return match_lines(lines, members, today=today, own_names=(CHAMBER,))


def only(line: Line, members: Sequence[Payee] = MEMBERS) -> Matched:
    return matched(line, members=members)[0]


def said(found: Matched) -> tuple[str, list[tuple[str, int, float]]]:
    """auto, review or none, with the allocations in yuan."""
    return found.match.value, [(each.member, each.year, each.fen / 100) for each in found.allocations]


def codes(found: Matched) -> list[str]:
    return [reason.code for reason in found.reasons]
