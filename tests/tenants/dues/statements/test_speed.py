"""A long statement against a long register: nothing is compared with everything."""

import cProfile
import random
from datetime import date, timedelta
from pstats import Stats

from tenants.dues.statements import Line, Payee, match_lines

BRANDS = "漵湘渫常蓝溆武临柳石津岣涟资雪泸鼎楚雁麻梅洣澧桃潇善蒸舂衡邦"
TRADES = ("贸易", "商贸", "建材", "物流", "会展服务", "信息技术", "餐饮管理", "包装制品", "电气设备", "生态农业")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦", "德嘉广泽雨晓志益昌长兴绍建光景佑若梓"
MEMBERS, LINES = 1_000, 1_000


def made(chance: random.Random) -> tuple[list[Payee], list[Line]]:
    members = []
    for number in range(MEMBERS):
        brand = "".join(chance.choices(BRANDS, k=3))
        name = f"{chance.choice(('西安', '陕西', '咸阳'))}{brand}{chance.choice(TRADES)}有限公司"
        person = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        members.append(Payee(str(number), name, legal_representative=person, kind="enterprise", dues_fen=300_000))
    remarks = ("2025年会费", "会费", "代{name}缴会费", "", "往来款", "补缴2024年会费", "{name}、{name}会费")
    lines = []
    for number in range(LINES):
        member = chance.choice(members)
        stranger = f"陕西{''.join(chance.choices(BRANDS, k=3))}{chance.choice(TRADES)}有限公司"
        party = chance.choice((member.name, member.legal_representative, member.name[2:7], stranger))
        remark = chance.choice(remarks).format(name=member.name[2:9])
        on = date(2025, 1, 1) + timedelta(number // 6)
        lines.append(Line("明细", number, on, party=party, income_fen=300_000, remark=remark, summary="转账"))
    return members, lines


def calls(members: list[Payee], lines: list[Line]) -> int:
    """How often a function is called to match them: the same on any machine, however busy it is."""
    profile = cProfile.Profile()
    found = profile.runcall(match_lines, lines, members, today=date(2026, 1, 1))
    assert len(found) == len(lines)
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined]


def test_four_times_as_many_members_do_not_make_a_line_four_times_as_dear() -> None:
    members, lines = made(random.Random(7))
    few = [line for line in lines if any(m.name == line.party for m in members[: MEMBERS // 4])]
    match_lines(few, members, today=date(2026, 1, 1))  # what is read and remembered once
    whole, quarter = (calls(m, few) - calls(m, []) for m in (members, members[: MEMBERS // 4]))
    assert whole < 2 * quarter, (whole, quarter)


def test_a_long_statement_is_answered_line_by_line() -> None:
    members, lines = made(random.Random(7))
    found = match_lines(lines, members, today=date(2026, 1, 1))
    assert len(found) == LINES and {each.match.value for each in found} == {"auto", "review"}
