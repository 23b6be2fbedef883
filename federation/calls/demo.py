"""The demo's call: the province's yearly report on bringing investment home. [001]"""

import datetime

from federation.calls.models import Call
from federation.calls.shapes import Kind
from huiguan.demo.stage import Stage

TITLE = "关于报送2024年商协会和校友会促进湖南招商引资工作情况的通知"
TEXT = (
    "各商会：为掌握商协会和校友会促进湖南招商引资工作情况，请对照所列项目如实填报，"
    "由秘书长核对签发后在截止日前报送。报告将列明各商会填报的数据。"
)
FIGURES = [("引进项目数", "个"), ("合同引资额", "万元"), ("实际到位资金", "万元"), ("组织返湘考察", "次")]


def load_demo(stage: Stage) -> None:
    """Written and sent, with three weeks to answer."""
    assert stage.federation_id is not None, "the federation is founded first"
    with stage.coordinating():
        call = Call(federation_id=stage.federation_id, title=TITLE, issuer="湖南省商务服务中心", text=TEXT)
        call.due_on, call.names_chambers = stage.today + datetime.timedelta(days=21), True
        call.save()
        for label, unit in FIGURES:
            call.ask(label=label, kind=Kind.NUMBER, unit=unit)
        call.ask(label="典型做法和建议", kind=Kind.TEXT)
        call.send()
