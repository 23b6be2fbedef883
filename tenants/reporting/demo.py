"""How the chambers of the demo answer the province's call: in time, sent back, late; the next is open. [001]"""

import datetime
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F

from federation.calls import backdating, queries
from federation.calls.demo import QUARTERLY, YEARLY
from federation.calls.models import Call, Receipt
from federation.calls.queries import SeenCall
from huiguan.demo.stage import Stage
from huiguan.outbox.models import Message
from tenants.reporting import actions
from tenants.reporting.models import Answer
from tenants.reporting.prefilling import prefilled

FULL_TIME, PART_TIME, NOBODY = "有，专人负责", "有，兼职", "没有"
Rows = list[tuple[str, str, str]]
# Projects, contracts, paid in, trips home; who looks after it; projects under way; what can be learned.
ANSWERS: dict[str, tuple[tuple[str, str, str, str], str, Rows, str]] = {
    "sxhunan": (
        ("3", "26800", "9600", "4"),
        FULL_TIME,
        [("湘陕新材料产业园", "湘潭市", "18000"), ("秦巴食材集散中心", "张家界市", "6800")],
        "会长带队回湘考察四次，项目由常务副会长一对一跟进。",
    ),
    "changde": (
        ("2", "9800", "4100", "3"),
        PART_TIME,
        [("柳叶湖文旅综合体", "常德市", "7600")],
        "以会员企业扩产为主。",
    ),
    "shaoyang": (
        ("2", "12000", "5300", "2"),
        FULL_TIME,
        [("邵阳特种玻璃深加工", "邵阳市", "9000")],
        "借年会之机推介邵阳经开区，建立在谈项目月报。",
    ),
    "hengyang": (("1", "8000", "0", "1"), NOBODY, [("待定", "衡阳市", "")], "项目已签约，资金明年到位。"),
    "chenzhou": (
        ("1", "3200", "1500", "2"),
        PART_TIME,
        [("郴州矿物宝石展销中心", "郴州市", "3200")],
        "依托矿博会对接。",
    ),
    "yueyang": (("2", "15600", "7000", "2"), PART_TIME, [("城陵矶冷链物流", "岳阳市", "12000")], "与港口集团签约。"),
}  # 湘潭商会 has not answered
SENT_BACK = {"hengyang": "请补充项目名称和签约日期。"}
ACCEPTED = ("sxhunan", "yueyang")
DAYS_LATE = 2


def load_demo(stage: Stage) -> None:
    for slug in ANSWERS:
        _answer(stage, slug, YEARLY)
    _answer(stage, "sxhunan", QUARTERLY, figures=3)
    stage.deliver()
    _look_at(stage)


def _answer(stage: Stage, slug: str, title: str, figures: int = 4) -> None:
    """The number of members is the one that the chamber's own records tell."""
    with stage.working(slug) as chamber:
        call = next(c for c in queries.calls(chamber_id=chamber.pk) if c.title == title)
        counted = prefilled(call, Answer(call_id=call.id)).words
        draft = actions.save_draft(call=call, words={**_said(call, slug, figures), **counted})
        actions.sign(call=call, digest=actions.digest_of(actions.leaving(call, draft)))


def _said(call: SeenCall, slug: str, figures: int) -> dict[str, Any]:
    numbers, who, rows, words = ANSWERS[slug]
    by_kind: dict[str, Any] = {"choice": who, "text": words}
    asked = [q for q in call.questions if q.kind == "number" and not q.source]
    said: dict[str, Any] = {str(q.id): number for q, number in zip(asked, numbers[:figures], strict=True)}
    for question in call.questions:
        if question.kind == "table":
            names = [part["name"] for part in question.parts]
            said[str(question.id)] = [dict(zip(names, row, strict=True)) for row in rows]
        elif question.kind in by_kind:
            said[str(question.id)] = by_kind[question.kind]
    return said


def _look_at(stage: Stage) -> None:
    """The day of the yearly report has passed; the coordinator accepts some answers, and sends one back."""
    with stage.coordinating():
        call = Call.objects.get(title=YEARLY)
        back = backdating.move(call, stage.today - datetime.timedelta(days=DAYS_LATE))
        for slug in ANSWERS:
            receipt = Receipt.objects.get(call=call, chamber_id=stage.chambers[slug].pk)
            if reason := SENT_BACK.get(slug):
                receipt.send_back(reason=reason)
            elif slug in ACCEPTED:
                receipt.accept()
    for slug in ANSWERS:
        with stage.working(slug):
            said = Message.objects.filter(content__call_id=str(call.pk))
            said.update(created_at=ExpressionWrapper(F("created_at") - back, output_field=DateTimeField()))
