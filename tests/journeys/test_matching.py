"""邵阳 lost its speaker the evening before; 常德 has one: found, explained, agreed on by both, only then introduced."""

import pytest

from tests.journeys.exchange import publish
from tests.journeys.ledger import ledger_says

PROGRAMS = ("worker",)
NEED, SPEAKER = "年会主论坛嘉宾临时缺席", "经济学教授年会主旨演讲"
CHANGDE, SHAOYANG = "西安市常德商会", "陕西省邵阳商会"
OURS, THEIRS = ("秦若兰", "13900001234"), ("戴星河", "13900005678")


def show_interest(at, other):
    """The match with its reasons, what would be sent, the sending."""
    at.follow("最佳匹配").waits_for(other)
    at.sees(CHANGDE, "分（满分 100）", "类别", "规模", "价格", "共同的词")
    at.follow("表达意向").sees("会发送什么")
    at.write("留言", "明天上午开会，盼复。")
    at.press("发送").sees("意向正在送达")
    at.waits_for("打开引荐").follow("打开引荐", exact=False)


def accept(at, other):
    """The task of the workbench leads to the answer."""
    at.open("/").waits_for(other).follow("答复", exact=False)
    at.sees(SHAOYANG, NEED, "对方留言", "明天上午开会，盼复。")
    at.does_not_see(THEIRS[1])
    at.press("接受").sees("已接受")


@pytest.mark.parametrize("width", [1280, 390])
def test_two_secretariats_find_each_other_and_both_agree_before_a_contact_is_seen(visitor, width):
    changde, shaoyang = visitor("changde", "qin", width), visitor("shaoyang", "dai", width)
    publish(changde, "供给", SPEAKER, "讲宏观形势，可临时救场。", category="宏观经济", price="3000", contact=OURS)
    ledger_says(changde, SPEAKER, "讲宏观形势，可临时救场。", "3000")
    publish(shaoyang, "需求", NEED, "明天的年会主论坛，急请专家讲经济形势。", price="5000", contact=THEIRS)
    show_interest(shaoyang, SPEAKER)
    introduction = shaoyang.page.url
    accept(changde, NEED)
    shaoyang.open(introduction).waits_for("同意并提供我方联系方式")
    shaoyang.does_not_see(OURS[1])
    changde.page.reload()
    changde.does_not_see(THEIRS[1])

    shaoyang.press("同意并提供我方联系方式").waits_for(OURS[1])
    shaoyang.sees(OURS[0], CHANGDE, "双方秘书处都已同意")
    changde.waits_for(THEIRS[1]).sees(THEIRS[0], SHAOYANG)
    ledger_says(shaoyang, *THEIRS)
    ledger_says(changde, *OURS)
