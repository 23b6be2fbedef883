"""The demo's members: 常德 and 邵阳 import registers, the others are made up. Every person is invented."""

import datetime
import random
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from stdnum.cn import uscc

from huiguan.demo.people import CHAMBERS, DemoChamber
from huiguan.demo.stage import Stage
from tenants.members.actions import plan_rotation, turns
from tenants.members.demo import words
from tenants.members.demo.knowing import know_members
from tenants.members.demo.own import answer_by_links
from tenants.members.importing.applying import store
from tenants.members.importing.making import make
from tenants.members.importing.reading import read_file
from tenants.members.models import Consent, Group, Member, Position, Term

REGISTERS = {"changde": "members_register_a.xlsx", "shaoyang": "members_register_b.csv"}
SECOND_TERM = 2


def load_demo(stage: Stage) -> None:
    """Members of all chambers with their positions, terms and groups, and a year of coming and going."""
    for chamber in CHAMBERS:
        with stage.working(chamber.slug):
            if chamber.slug in REGISTERS:
                _import(REGISTERS[chamber.slug])
                _year_of_coming_and_going(chamber, stage)
            else:
                _make_up(chamber, stage)
            _organise(stage)
            know_members(chamber.slug, stage)
            if chamber.slug in REGISTERS:
                answer_by_links(stage)


def _import(filename: str) -> None:
    content = files("tenants.members.demo").joinpath(filename).read_bytes()
    read_file(content=content, filename=filename).apply()


def _year_of_coming_and_going(chamber: DemoChamber, stage: Stage) -> None:
    """What happened since the register was last written: some joined, a few left, each by the verb that people use."""
    newcomers = [{**f, "positions": ["会员"]} for f in _fields(chamber._replace(size=11), stage.today, stage.chance)]
    made = [make({**f, "status": "active", "joined": _day(stage, n).isoformat()}) for n, f in enumerate(newcomers)]
    store(made)
    for number, member in enumerate(Member.objects.active().filter(joined_on__lt=stage.days_ago(700))[5:60:9]):
        reason = words.REASONS[number % len(words.REASONS)]
        member.leave(reason=reason, why=words.WHYS[reason], on=_day(stage, number + 3))
    _remove_and_readmit(stage)


def _remove_and_readmit(stage: Stage) -> None:
    """One who was removed by the council; one who left and came back."""
    left = Member.objects.filter(status=Member.Status.LEFT).order_by("left_on").first()
    if left is not None:
        left.readmit(on=stage.days_ago(20))
    removed = Member.objects.active().filter(joined_on__lt=stage.days_ago(900)).order_by("-sort_key")[3]
    resolution = "第二届理事会第六次会议决议〔2026〕3号"
    removed.remove(why="dues", resolution=resolution, reason="连续三年未缴会费，经两次书面催告", on=stage.days_ago(60))


def _day(stage: Stage, number: int) -> datetime.date:
    return stage.days_ago(345 - 31 * (number * number % 11) - number % 9)


def _make_up(chamber: DemoChamber, stage: Stage) -> None:
    store([make(fields) for fields in _fields(chamber, stage.today, random.Random(chamber.slug))])
    for reason, why in words.WHYS.items():
        Member.objects.filter(left_reason=reason).update(left_why=why)


def _fields(chamber: DemoChamber, today: datetime.date, chance: random.Random) -> Iterator[dict[str, Any]]:
    titles = _titles(chamber.size)
    for number in range(chamber.size):
        person = chance.choice(words.FAMILY) + chance.choice(words.GIVEN) + chance.choice(words.GIVEN)
        industry, trade = chance.choice(words.TRADES)
        name = f"{chance.choice(words.CITIES)}{chance.choice(words.MARKS)}{chance.choice(words.SIGNS)}{trade}有限公司"
        joined = today - datetime.timedelta(days=int(3000 * chance.random() ** 1.6))
        fields = {
            "kind": "enterprise",
            "name": name,
            "short_name": name[2:-4],
            "credit_code": _code(number, chamber.slug),
            "legal_representative": person,
            "contacts": [{"name": person}],
            "phones": [f"13{chance.randrange(10)}0000{chance.randrange(10000):04d}"],
            "industry": industry,
            "positions": [titles[number]],
            "joined": joined.isoformat(),
            "dues_yuan": words.DUES[titles[number]],
            "address": _address(chance),
        }
        yield {**fields, **_departure(joined, today, chance)}


def _address(chance: random.Random) -> str:
    return f"西安市{chance.choice(words.DISTRICTS)}{chance.choice(words.STREETS)}{chance.randrange(1, 200)}号"


def _titles(size: int) -> list[str]:
    heads = ["会长", "执行会长", "监事长", "秘书长"] + ["常务副会长"] * (size // 20) + ["副会长"] * (size // 8)
    heads += ["理事"] * (size // 5)
    return [*heads, *["会员"] * size][:size]


def _departure(joined: datetime.date, today: datetime.date, chance: random.Random) -> dict[str, str]:
    """One in sixteen left within the last year, when it had been a member for one."""
    if (today - joined).days < 400 or chance.random() > 1 / 16:
        return {}
    day = today - datetime.timedelta(days=chance.randrange(5, 360))
    return {"status": "withdrawn", "left_on": day.isoformat(), "left_reason": chance.choice(words.REASONS)}


def _code(number: int, slug: str) -> str:
    """Valid by its check character; organisations MA99… are not given out."""
    body = f"91610100MA99{sum(map(ord, slug)) % 90 + 10}{number % 1000:03d}"
    return body + str(uscc.calc_check_digit(body))


def _organise(stage: Stage) -> None:
    """The second term, in which everybody's position is held; committees, a regional group, the party branch."""
    term = Term(number=SECOND_TERM, starts_on=datetime.date(stage.today.year - 2, 3, 18))
    term.ends_on = datetime.date(stage.today.year + 3, 3, 17)
    term.save()
    Position.objects.filter(ends_on=None).update(term=term)
    Position.objects.filter(title__in=["轮值会长", "执行会长"]).update(is_rotating=True)
    _take_turns(stage)
    members = list(Member.objects.active()[:60])
    for number, (name, kind) in enumerate(words.GROUPS):
        group = Group(name=name, kind=kind)
        group.save()
        group.take_in(members[number * 9 : number * 9 + 12])
        places = list(group.places.order_by("id"))
        places[number].lead()
        places[number + 1].represent(True)
        places[-1].leave(on=stage.days_ago(40))
    for purpose in Consent.Purpose.values:
        agreed = [Consent(member=m, purpose=purpose, given_by=m.legal_representative or m.name) for m in members[::2]]
        Consent.objects.bulk_create(agreed)


def _take_turns(stage: Stage) -> None:
    """Three months each; the first turn began in this quarter."""
    rotating = [p.member for p in Position.objects.filter(is_rotating=True).select_related("member")[:6]]
    first = stage.today.replace(month=3 * ((stage.today.month - 1) // 3) + 1, day=1)
    if rotating:
        plan_rotation(turns(rotating, first=first, months=3, until=first.replace(year=first.year + 2)))
