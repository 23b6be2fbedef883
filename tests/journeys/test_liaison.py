"""A session of the federation: from whose turn it is to host, to minutes that nobody can change any more."""

import datetime
from typing import NamedTuple

import pytest
from django.utils.timezone import localdate, localtime, now

from tests.journeys.visitor import Visitor
from tests.support.cast import CHAMBERS, PEOPLE

PROGRAMS = ("worker",)
THEME, TOPIC, TASK = "增进湘情、凝聚共识", "会费怎样收得齐", "整理会费提醒范本"
SAID, DECIDED, EVIDENCE = "按季提醒最有效。", "下一期继续交流会费收取。", "范本已发各商会。"
SECRETARIES = {"changde": "qin", "shaoyang": "dai"}


class Hall(NamedTuple):
    """The coordinator at the page of the session, and both secretaries-general."""

    lian: Visitor
    chambers: dict[str, Visitor]


@pytest.fixture
def hall(visitor):
    """`hall(390)`: the three of them at screens of that width."""

    def come(width):
        return Hall(visitor("hunan", "lian", width), {s: visitor(s, key, width) for s, key in SECRETARIES.items()})

    return come


@pytest.fixture(scope="module")
def series(chromium, house):
    """The address of the series that the sessions belong to, begun from the empty list of sessions."""
    at = Visitor(chromium, house, "hunan", 1280).sign_in("lian")
    at.open("/liaison/session/").follow("新建会议").follow("新建系列")
    at.write("名称", "秘书长联席会议")
    at.write("召集单位", "陕西省湖南商会")
    at.press("保存").sees("还没有会议")
    yield at.page.url
    at.leave()


def convene(at, series, theme):
    at.open(series).follow("召集下一期")
    at.write("主题", theme)
    at.write("探讨问题", "商会的日常经费从哪里来？")
    return at.press("召集").sees("按规则，轮到", theme)


def turn(at):
    """The chamber whose turn the page says it is."""
    buttons = {slug: f"征询这家商会：{name}" for slug, name in CHAMBERS.items()}
    return next(s for s, name in buttons.items() if at.page.get_by_role("button", name=name, exact=True).count())


def find_host(hall):
    """Asked by the rule, with its reason; its secretary-general takes it on from her own workbench."""
    slug = turn(hall.lian)
    hall.lian.sees("从未承办过。").press(f"征询这家商会：{CHAMBERS[slug]}").sees("撤回征询")
    host = hall.chambers[slug].open("/").sees("征询本会承办。").follow("答复", exact=False)
    host.write("附言", "欢迎各位到会指导。")
    host.press("同意承办").sees("已发送，原文记入共享台账。")
    hall.lian.waits_for("已接受").sees("欢迎各位到会指导。")
    return slug


def fill_agenda(hall):
    """常德 proposes, 邵阳 seconds, the coordinator takes what is most wanted."""
    changde, shaoyang = hall.chambers.values()
    changde.open("/meetings/").follow("提出议题")
    changde.write("议题", TOPIC)
    changde.press("发送议题").waits_for(TOPIC)
    shaoyang.open("/meetings/topics/").waits_for(TOPIC).press(f"附议：{TOPIC}").waits_for("已附议")
    hall.lian.waits_for("2家商会支持").do(f"列入议程：{TOPIC}", "30分钟")


def send_notice(hall, place):
    hall.lian.follow("确定时间")
    hall.lian.write("开始时间", localtime(now() - datetime.timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M"))
    hall.lian.write("会议地点", place)
    hall.lian.press("确定时间").sees("已定时间").press("发出通知").sees("已发通知")


def answer(at, key):
    at.open("/").follow("答复", exact=False)
    at.write("带队人", PEOPLE[key][0])
    at.write("人数", "2")
    at.press("发送回复")


def meet(hall):
    """Both are there; what is said, decided and taken on is noted while they speak."""
    at, (changde, shaoyang) = hall.lian, CHAMBERS.values()
    for slug, key in SECRETARIES.items():
        answer(hall.chambers[slug], key)
        at.waits_for(f"{PEOPLE[key][0]} · 2人")
    at.sees("未过半数，只讨论")
    for name in (changde, shaoyang):
        at.do(f"签到：{name}", "已到会")
    at.sees("到会过半数").unfold("记录发言")
    at.choose("商会", shaoyang)
    at.write("发言内容", SAID)
    at.press("记下").sees(SAID).unfold("记录决定")
    at.write("决定", DECIDED)
    at.press("记下决定").sees("协商一致").unfold("确定议定事项")
    at.write("要办的事", TASK)
    at.choose("商会", changde)
    at.write("截止日期", str(localdate() + datetime.timedelta(days=30)))
    at.press("确定").sees(TASK, "未开始")


def approve(hall):
    """Drafted from what was noted; the last approval adopts them, and then nothing opens them again."""
    at = hall.lian
    at.press("会议结束").press("起草纪要").sees(SAID, DECIDED, TASK)
    edit = at.page.get_by_role("link", name="修改", exact=True).get_attribute("href")
    at.press("把纪要发给各商会").sees("逾期未答视为同意", "尚未答复")
    for chamber in hall.chambers.values():
        chamber.open("/").follow("阅读", exact=False).sees(SAID, DECIDED, TASK)
        chamber.press("同意纪要").sees("已发送")
    at.waits_for("文字不再改动").sees("纪要已通过").finds_no("修改")
    at.open(edit).sees("现在不能这样做：当前状态为“纪要已通过”。", "文字不再改动")


def follow_up(hall):
    """The chamber finds it among its tasks and reports; the coordinator looks at what shows it."""
    changde = hall.chambers["changde"].open("/tasks/").sees("期议定事项").follow("报告进展", exact=False)
    changde.press("已开始办理").waits_for("办理中")
    changde.write("完成的凭据", EVIDENCE)
    changde.write("内部备注（不外发）", "会长已过目。")
    changde.press("报告完成").sees("已发送")
    session = hall.lian.page.url
    hall.lian.open("/").waits_for("请核实凭据").follow("核实", exact=False).sees(EVIDENCE)
    hall.lian.does_not_see("会长已过目。")
    hall.lian.press("核实").sees("已核实").open(session)
    changde.waits_for("已核实").open("/meetings/actions/").sees("没有待办", "已完成", TASK)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_session_is_convened_hosted_held_and_written_down_and_what_was_taken_on_is_done(hall, series, width):
    at = hall(width)
    convene(at.lian, series, THEME)
    host = find_host(at)
    fill_agenda(at)
    send_notice(at, CHAMBERS[host])
    meet(at)
    approve(at)
    follow_up(at)
    at.lian.press("办结本期会议").sees("已办结")
    assert turn(convene(at.lian, series, "薪火相传").sees("通报上期议定事项落实情况")) != host
    at.lian.follow("承办台账").sees("刚承办了上一期。")
