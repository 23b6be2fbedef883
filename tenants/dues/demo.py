"""Two years of dues in every chamber: assessed by rules, more or less paid, some in instalments. All invented."""

import datetime
from typing import Any

from huiguan import trail
from huiguan.demo.stage import Stage
from tenants.dues import ledger
from tenants.dues.assessing import assess_dues
from tenants.dues.demo_invoices import ask_for_invoices
from tenants.dues.demo_online import load_online
from tenants.dues.forms.arrangements import ArrangementForm
from tenants.dues.forms.rules import USUAL
from tenants.dues.ledger import Part
from tenants.dues.models import Charge, Level, Payment, ReminderRule, Ruleset

AMOUNTS = (30_000, 10_000, 3_000, 1_000)  # yuan a year, from the president down
PAID_OF_LAST_YEAR = 0.93
PAID_OF_THIS_YEAR = {  # five chambers are far behind the others: what helps with it is a topic for all
    "sxhunan": 0.91, "changde": 0.6, "shaoyang": 0.93, "hengyang": 1.0, "chenzhou": 0.92, "yueyang": 0.57,
    "yongzhou": 0.7, "xiangtan": 0.78, "changsha": 0.98, "zhuzhou": 0.95, "yiyang": 0.9, "huaihua": 0.56,
    "loudi": 0.94, "xiangxi": 0.58, "zhangjiajie": 0.55,
}  # fmt: skip
METHODS = ("transfer",) * 7 + ("wechat", "wechat", "cash")
REMINDERS = (
    (
        "到期前一个月",
        -30,
        "{款项}即将到期",
        "{会员}：{款项} {金额} 将于 {到期日} 到期。转账请注明缴费码 {缴费码}，也可在线缴纳：{链接}",
    ),
    (
        "到期后一周",
        7,
        "{款项}提醒",
        "{会员}：{款项}还有 {金额} 未缴（{到期日} 到期）。如已缴请忽略；缴费码 {缴费码}，明细和在线缴纳：{链接}",
    ),
    (
        "暂停服务前",
        75,
        "{款项}逾期提醒",
        "{会员}：{款项} {金额} 已逾期 {天数} 天。如有困难请与秘书处联系，可申请分期或缓交；明细：{链接}",
    ),
)
CAUSES = (
    ("difficulty", "上半年工程款未回，想分两期缴。"),
    ("forgotten", "换了财务，没有交接到这件事。"),
    ("dissatisfied", "觉得去年活动太少。"),
    ("unwilling", ""),
)


def load_demo(stage: Stage) -> None:
    """By the same verbs that people use; payments all at once, as from a statement."""
    for slug in stage.chambers:
        with stage.working(slug):
            if Ruleset.objects.exists():
                continue
            _adopt_rules(stage.today.year)
            _write_reminders()
            this_year = PAID_OF_THIS_YEAR[slug]
            for year, share in ((stage.today.year - 1, PAID_OF_LAST_YEAR), (stage.today.year, this_year)):
                assess_dues(year=year)
                _pay(stage, year, share)
            _follow_up(stage)
            ask_for_invoices(stage)
    load_online(stage)


def _adopt_rules(this_year: int) -> None:
    ruleset = Ruleset(title="会费标准（第二届）", effective_from=datetime.date(this_year - 2, 1, 1))
    ruleset.save()
    for order, ((name, titles), yuan) in enumerate(zip(USUAL, AMOUNTS, strict=True)):
        Level(ruleset=ruleset, order=order, name=name, titles=list(titles), amount_fen=100 * yuan).save()
    day = datetime.date(this_year - 3, 12, 18)
    ruleset.adopt(body="general_assembly", resolution="第二届第一次会员大会决议第四号", resolved_on=day)


def _write_reminders() -> None:
    """A month before, a week after, and before services are suspended."""
    for name, days, subject, body in REMINDERS:
        ReminderRule(name=name, days=days, channels=["email", "sms"], subject=subject, body=body).save()


def _pay(stage: Stage, year: int, share: float) -> None:
    """Most pay between February and June, a few in parts."""
    paid = [_payment(stage, charge) for charge in _payers(stage, year, share)]
    trail.take_turn()
    Payment.objects.bulk_create([payment for payment, _parts in paid])
    ledger.pay_many(paid)


def _payers(stage: Stage, year: int, share: float) -> list[Charge]:
    """Whom chance picks, until their dues make up this share of the sum."""
    charges = list(Charge.objects.of_year(year).select_related("member"))
    stage.chance.shuffle(charges)
    left = share * sum(charge.amount_fen for charge in charges)
    paying = []
    for charge in charges:
        if charge.amount_fen <= left:
            left -= charge.amount_fen
            paying.append(charge)
    return paying


def _payment(stage: Stage, charge: Any) -> tuple[Payment, list[Part]]:
    day = datetime.date(charge.year, 2, 1) + datetime.timedelta(days=min(250, round(stage.chance.expovariate(1 / 55))))
    half = charge.amount_fen // 2 // 100 * 100
    fen = half if half and stage.chance.random() < 0.03 else charge.amount_fen
    payment = Payment(
        method=stage.chance.choice(METHODS),
        amount_fen=fen,
        received_on=min(day, stage.today),
        payer=charge.member.name,
        key=f"demo:{charge.pk}",
    )
    return payment, [Part(charge.member_id, fen, charge.pk)]


def _follow_up(stage: Stage) -> None:
    """What the secretariat heard from those who are late, and what came of it."""
    late = list(Charge.objects.overdue(stage.today).order_by("due_on", "id")[:12])
    for number, charge in enumerate(late):
        cause, text = CAUSES[number % len(CAUSES)]
        charge.note_cause(cause=cause, text=text)
        if cause == "unwilling":
            charge.suspend()
        elif cause == "forgotten":
            charge.remind()
    if late:
        _instalments(stage, late[0])


def _instalments(stage: Stage, charge: Charge) -> None:
    first = stage.today + datetime.timedelta(days=10)
    said = {"charge": charge.pk, "kind": "instalments", "number": 2, "first_on": first, "reason": CAUSES[0][1]}
    form = ArrangementForm(said)
    if form.is_valid():
        form.save().grant(body="council", resolution="第二届十四次理事会", resolved_on=stage.days_ago(3))
