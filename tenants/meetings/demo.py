"""The sessions of the demonstration, played by the coordinator and the chambers through real messages. [001]"""

import datetime
from typing import Any

from django.utils.timezone import now

from federation.liaison import backdating, queries
from federation.liaison import demo as script_of
from federation.liaison.demo import FIRST, SECOND, THIRD, Script
from federation.liaison.models import ActionItem, Session
from huiguan.demo.stage import Stage
from huiguan.outbox.models import Message
from tenants.meetings import actions, calendars
from tenants.meetings.models import ActionReport, Delegate, Reply

DELEGATIONS = {
    "sxhunan": ("颜书白", 3),
    "changde": ("秦若兰", 4),
    "shaoyang": ("戴星河", 2),
    "hengyang": ("易安澜", 2),
    "chenzhou": ("萧景行", 2),
    "yueyang": ("柳月川", 3),
    "yongzhou": ("周远舟", 1),
    "xiangtan": ("莫听雨", 2),
}
# The four kinds of problem that every chamber meets. [001]
TOPICS = (
    (
        "yongzhou",
        "会员后续发展与会费收取",
        "新会员少，老会员缴费拖延。想听听收缴率高的商会怎么做。",
        ("shaoyang", "hengyang", "chenzhou"),
    ),
    (
        "changde",
        "秘书处怎样把工作做好、发挥更大作用",
        "选聘、分工、服务、沟通四个方面各家都有心得。",
        ("sxhunan", "yueyang"),
    ),
    ("hengyang", "怎样激发理事会和会员的热情，持续开展好活动", "活动办了不少，来的总是那些人。", ("yueyang",)),
    (
        "chenzhou",
        "发挥平台作用：资源共享、抱团发展",
        "各家有会场、有专家、有物流，缺一个互相知道的办法。",
        ("changde", "shaoyang", "xiangtan"),
    ),
    ("sxhunan", "组织湘商回乡投资考察", "家乡各市都有招商任务，能否联合组团、错峰成行。", ("xiangtan",)),
    ("xiangtan", "秘书处日常工作的数字化", "名册、会费、活动都在表格里，换个人就找不到。", ()),
)
DELEGATION = (
    ("秦若兰", "head", "qin@example.com"),
    ("谭一鸣", "substitute", "tan@example.com"),
    ("彭小满", "member", "peng@example.com"),
    ("陶远山", "member", ""),
)
ANSWERED = ("changde", "sxhunan", "shaoyang", "chenzhou", "yueyang")


def load_demo(stage: Stage) -> None:
    """Two sessions with adopted minutes, then a third being prepared, and topics that wait for it."""
    for script in (FIRST, SECOND):
        _play(stage, script)
    session = _prepare(stage, THIRD, topics=TOPICS)
    for slug in ANSWERED:
        _answer(stage, slug, session, coming=True, days_ago=THIRD.days_ago)
    _name_delegation(stage, session)
    stage.deliver()


def _name_delegation(stage: Stage, session: Session) -> None:
    """Who goes for 常德, and what their calendars have answered: the member who comes along would rather come later."""
    with stage.working("changde") as chamber:
        meeting = queries.meeting(chamber_id=chamber.pk, session_id=session.pk)
        for name, role, address in DELEGATION:
            calendars.name_delegate(meeting=meeting, name=name, role=role, email=address)
        at = now() - datetime.timedelta(days=1)
        Delegate.objects.filter(name="秦若兰").update(standing="ACCEPTED", answered_at=at)
        wished = script_of.moment(stage, THIRD.days_ago - 1)
        Delegate.objects.filter(name="谭一鸣").update(standing="TENTATIVE", answered_at=at, proposes_at=wished)


def _play(stage: Stage, script: Script) -> None:
    """From the host's yes to the adopted minutes and the reports on what was taken on."""
    session = _prepare(stage, script)
    with stage.coordinating():
        invited = set(session.roll.values_list("chamber_id", flat=True))
    for slug, chamber in stage.chambers.items():
        if chamber.pk in invited:
            _answer(stage, slug, session, coming=slug not in script.away, days_ago=script.days_ago)
    stage.deliver()
    with stage.coordinating():
        script_of.hold(stage, session, script)
    for slug, chamber in stage.chambers.items():
        if chamber.pk in invited and slug not in script.away:
            _approve(stage, slug, session, script.days_ago)
    stage.deliver()
    _report(stage, session, script)
    with stage.coordinating():
        backdating.move(session, stage.days_ago(script.days_ago))


def _begin(stage: Stage, script: Script) -> Session:
    """Convened, a host found, the chambers asked for a date."""
    with stage.coordinating():
        session = script_of.the_series(stage).convene(theme=script.theme, question=script.question)
    for slug, note in filter(lambda asked: asked[0], (script.declined, (script.host, ""))):
        _ask_host(stage, session, slug, note, script.days_ago)
    if script.polled:
        _poll(stage, session, script)
    return session


def _prepare(stage: Stage, script: Script, topics: tuple[Any, ...] = ()) -> Session:
    """Begun, topics collected, the notice sent."""
    session = _begin(stage, script)
    for slug, title, detail, seconds in topics:
        _collect(stage, slug, title, detail, seconds)
    with stage.coordinating():
        session.refresh_from_db()
        for topic in session.series.topics.waiting()[:3] if topics else []:
            session.take_topic(topic_id=topic.pk, minutes=30)
        script_of.set_date(stage, session, script)
    return session


def _ask_host(stage: Stage, session: Session, slug: str, note: str, days_ago: int) -> None:
    """Whoever gives a reason declines."""
    with stage.coordinating():
        session.propose_host(chamber_id=stage.chambers[slug].pk)
    with stage.working(slug) as chamber:
        seen = queries.meeting(chamber_id=chamber.pk, session_id=session.pk).session
        reply = actions.answer_host(session=seen, accepts=not note, note=note)
        _date_back(stage, reply, days_ago + 43)
    stage.deliver()


def _poll(stage: Stage, session: Session, script: Script) -> None:
    """Every chamber is asked about the same dates; those that stay silent are not waited for."""
    with stage.coordinating():
        script_of.open_poll(stage, session, script)
        said = {slug: script_of.said_of_dates(stage, session, script, slug) for slug in script_of.POLLED}
    for slug, words in said.items():
        if words:
            with stage.working(slug) as chamber:
                seen = queries.meeting(chamber_id=chamber.pk, session_id=session.pk).session
                _date_back(stage, actions.answer_dates(session=seen, words=words), script.days_ago + 30)
    stage.deliver()
    with stage.coordinating():
        script_of.close_poll(stage, session, script)


def _collect(stage: Stage, slug: str, title: str, detail: str, seconds: tuple[str, ...]) -> None:
    with stage.working(slug) as chamber:
        series = queries.series_of(chamber_id=chamber.pk)[0]
        _date_back(stage, actions.propose_topic(series=series, title=title, detail=detail), 24)
    stage.deliver()
    for other in seconds:
        with stage.working(other) as chamber:
            topic = next(t for t in queries.topics(chamber_id=chamber.pk) if t.title == title)
            _date_back(stage, actions.second_topic(topic=topic), 20)
    stage.deliver()


def _answer(stage: Stage, slug: str, session: Session, *, coming: bool, days_ago: int) -> None:
    head, people = DELEGATIONS[slug]
    with stage.working(slug) as chamber:
        seen = queries.meeting(chamber_id=chamber.pk, session_id=session.pk).session
        reply = actions.answer_attendance(session=seen, coming=coming, head=head, people=people)
        _date_back(stage, reply, days_ago + 9)


def _approve(stage: Stage, slug: str, session: Session, days_ago: int) -> None:
    with stage.working(slug) as chamber:
        meeting = queries.meeting(chamber_id=chamber.pk, session_id=session.pk)
        _date_back(stage, actions.approve_minutes(meeting=meeting), days_ago - 8)


def _report(stage: Stage, session: Session, script: Script) -> None:
    """Those that are done, each some days before its date; the coordinator has verified them."""
    for task in script.tasks:
        with stage.working(task.chamber) as chamber:
            seen = next(a for a in queries.action_items(chamber_id=chamber.pk) if a.title == task.title)
            if task.evidence:
                report = actions.finish_action(action=seen, evidence=task.evidence)
                _date_back(stage, report, script.days_ago - task.days + 6)
    stage.deliver()
    with stage.coordinating():
        for action in ActionItem.objects.filter(session=session, status="done"):
            action.verify()


def _date_back(stage: Stage, record: Reply | ActionReport, days_ago: int) -> None:
    """Before the message leaves, so that both sides keep the day on which it would have been said."""
    at = script_of.moment(stage, max(days_ago, 2))
    type(record)._base_manager.filter(pk=record.pk).update(created_at=at)
    Message.objects.filter(record_id=record.pk, state=Message.State.PENDING).update(created_at=at)
