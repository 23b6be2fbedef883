"""The demo's calls: the province's yearly report on bringing investment home, and the quarter's. [001]"""

import datetime
from collections.abc import Sequence
from typing import Any

from federation.calls.models import Call
from federation.calls.shapes import Kind, parts_of
from huiguan.demo.stage import Stage

ISSUER = "湖南省商务服务中心"
YEARLY = "关于报送2024年商协会和校友会促进湖南招商引资工作情况的通知"
QUARTERLY = "关于报送本季度招商引资进展情况的通知"
TEXT = (
    "各商会：为掌握商协会和校友会促进湖南招商引资工作情况，请对照所列项目如实填报，"
    "由秘书长核对签发后在截止日前报送。报告将列明各商会填报的数据。"
)
FIGURES: list[dict[str, Any]] = [
    {"label": "引进项目数", "kind": Kind.NUMBER, "unit": "个"},
    {"label": "合同引资额", "kind": Kind.NUMBER, "unit": "万元"},
    {"label": "实际到位资金", "kind": Kind.NUMBER, "unit": "万元"},
]
REST: list[dict[str, Any]] = [
    {"label": "组织返湘考察", "kind": Kind.NUMBER, "unit": "次"},
    {"label": "会员总数", "kind": Kind.NUMBER, "unit": "家", "source": "members.count"},
    {"label": "有无招商专班", "kind": Kind.CHOICE, "parts": parts_of(Kind.CHOICE, "有，专人负责\n有，兼职\n没有")},
    {"label": "在建项目", "kind": Kind.TABLE, "parts": parts_of(Kind.TABLE, "项目名称\n落地市县\n合同引资额（万元）")},
    {"label": "典型做法和建议", "kind": Kind.TEXT},
]
DAYS_LEFT = 6


def load_demo(stage: Stage) -> None:
    """Both are sent; what became of the first is the chambers' part."""
    with stage.coordinating():
        _sent(stage, YEARLY, [*FIGURES, *REST])
        _sent(stage, QUARTERLY, [*FIGURES, {"label": "本期说明", "kind": Kind.TEXT}])


def _sent(stage: Stage, title: str, questions: Sequence[dict[str, Any]]) -> None:
    assert stage.federation_id is not None, "the federation is founded first"
    call = Call(federation_id=stage.federation_id, title=title, issuer=ISSUER, text=TEXT)
    call.due_on, call.names_chambers = stage.today + datetime.timedelta(days=DAYS_LEFT), True
    call.save()
    for question in questions:
        call.ask(**question)
    call.send()
