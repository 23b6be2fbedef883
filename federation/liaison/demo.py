"""The demo's meetings as the coordinator prepares and records them. After source 001; every person is invented."""

import datetime
from typing import NamedTuple

from django.utils.timezone import make_aware

from federation.liaison.models import Series, Session
from huiguan.demo.stage import Stage

POLLED = ("sxhunan", "changde", "shaoyang", "hengyang", "chenzhou", "yueyang", "yongzhou", "xiangtan")
WORDS = {"y": "yes", "m": "maybe", "n": "no"}


class Said(NamedTuple):
    """A statement, by slug of the chamber; `item` counts the script's items from 0."""

    item: int
    chamber: str
    speaker: str
    text: str
    is_practice: bool = False
    is_problem: bool = False


class Task(NamedTuple):
    """An action item; `days` after the session. `evidence` is what the chamber reported; empty when it has not."""

    chamber: str
    title: str
    person: str
    days: int
    evidence: str = ""


class Script(NamedTuple):
    """One session. `days_ago` below nought lies ahead. `declined`: a chamber that was asked first."""

    days_ago: int
    host: str
    theme: str
    question: str
    place: str
    away: tuple[str, ...]
    items: tuple[tuple[str, int, str], ...]
    statements: tuple[Said, ...] = ()
    decisions: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    declined: tuple[str, str] = ("", "")
    polled: tuple[tuple[int, str], ...] = ()  # days from the one taken, and what `POLLED` says of it, "-" for silence
    late: tuple[str, ...] = ()  # members now, but not yet at the time


SERIES = "在陕湘籍商会秘书长联席会议"
PURPOSE = "加强在陕湘籍商会秘书处之间的沟通联系，交流会务经验，共享资源，抱团发展。每季度一期，轮流承办。"
FIRST = Script(
    days_ago=232,
    host="sxhunan",
    theme="增进往来、互学互鉴",
    question="各商会秘书处怎样互通有无？",
    place="西安市雁塔区科技路 48 号创业广场，湖南商会会议室",
    away=("yueyang",),
    late=("yongzhou", "xiangtan"),
    items=(("各商会介绍基本情况", 60, ""), ("秘书处工作的“三勤”", 30, "sxhunan"), ("联席会议怎样办下去", 40, "")),
    statements=(
        Said(1, "sxhunan", "颜书白", "手勤：每次活动认真记录，各类资料登记齐全。", True),
        Said(1, "sxhunan", "颜书白", "腿勤：多走动，及时了解理事会和会员的情况，做好上传下达。", True),
        Said(1, "sxhunan", "颜书白", "嘴勤：及时汇报请示；也要管好嘴，不该说的不乱说，树立秘书处的良好形象。", True),
        Said(
            0,
            "shaoyang",
            "戴星河",
            "成立时间不长，会员后续发展和会费收取是眼下最大的难题，想听听兄弟商会的办法。",
            is_problem=True,
        ),
        Said(2, "changde", "秦若兰", "人只有越走越亲。走访互动是好的开始，以后要持续开展。"),
    ),
    decisions=("联席会议每季度召开一次，由各商会轮流承办。", "每期会议确定一个探讨问题，会前两周征集议题。"),
    tasks=(
        Task("sxhunan", "起草联席会议轮值承办办法", "颜书白", 30, "办法（试行）已于会后第三周发各商会。"),
        Task("shaoyang", "整理各商会会费标准对照表", "聂长风", 45, "对照表含六家商会，已发群并存档。"),
    ),
)
SECOND = Script(
    days_ago=131,
    host="shaoyang",
    polled=((-1, "yynynnm-"), (0, "yyyymyn-")),
    theme="凝心聚力、服务会员",
    question="如何激发理事会和会员的热情，持续开展好活动？",
    place="西安市未央区凤城五路，邵阳商会秘书处",
    away=("yongzhou",),
    late=("xiangtan",),
    declined=("hengyang", "正筹备换届，下一期再办"),
    items=(("活动怎样持续开展好", 50, "shaoyang"), ("秘书处工作四点建议", 30, "changde"), ("四点心得", 20, "changde")),
    statements=(
        Said(
            1,
            "changde",
            "谭一鸣",
            "做好秘书处人员的选聘：要有家乡情怀、服务意识和组织协调能力，熟悉商务活动的基本流程。",
            True,
        ),
        Said(1, "changde", "谭一鸣", "强化秘书处的协作：按人员特长分工，分工不分家。", True),
        Said(
            1, "changde", "谭一鸣", "强化对会员的服务：走访、面对面了解需求，及时跟踪，提供政策咨询和资源对接。", True
        ),
        Said(1, "changde", "谭一鸣", "强化内外部沟通：定期向业务主管部门和商会领导汇报，工作不忙乱。", True),
        Said(
            2,
            "changde",
            "秦若兰",
            "规划先行、搞好协调、做好服务、搞好总结。一年几个节点，早筹划、早安排，每次活动都要回顾小结。",
            True,
        ),
        Said(
            0,
            "chenzhou",
            "萧景行",
            "活动要有会员愿意来的理由：我们把企业互访和供需对接放在一起办，到场人数多了一倍。",
            True,
        ),
        Said(0, "yueyang", "柳月川", "会员互助金用在困难会员身上，大家看得见，凝聚力就上来了。"),
    ),
    decisions=("各商会把年度活动计划互相通报，兄弟商会可组织会员参加。",),
    tasks=(
        Task("changde", "整理秘书处岗位分工样表，供各商会参考", "谭一鸣", 60, "样表（含 A/B 角）已发各商会秘书处。"),
        Task("chenzhou", "牵头组织一次跨商会企业互访", "萧景行", 90, "十月走访七家企业，促成三项合作意向。"),
        Task("yueyang", "介绍会员互助金的章程与用法", "柳月川", 110),
        Task("changde", "汇总各商会会费收取的办法与成效", "秦若兰", 138),
    ),
)
THIRD = Script(
    days_ago=-16,
    host="changde",
    polled=((-2, "yyynnyyn"), (0, "yyyymyyy"), (5, "nmyyynmy")),
    theme="增进湘情、凝聚共识、助力发展",
    question="如何加强商会秘书处工作和发挥作用？",
    place="西安市经济技术开发区，常德商会会议室",
    away=(),
    items=(
        ("学习《关于报送商协会促进湖南招商引资工作情况的通知》", 20, "sxhunan"),
        ("播放常德商会宣传片", 10, "changde"),
    ),
)


def load_demo(stage: Stage) -> None:
    """Opens the series; its sessions are played with the chambers by `tenants.meetings`."""
    assert stage.federation_id is not None, "the federation is founded first"
    with stage.coordinating():
        Series(federation_id=stage.federation_id, name=SERIES, purpose=PURPOSE, convening="陕西省湖南商会").save()


def the_series(stage: Stage) -> Series:
    series: Series = Series.objects.get(name=SERIES)
    return series


def open_poll(stage: Stage, session: Session, script: Script) -> None:
    """It is played today about days around a month from now; `close_poll` puts them where they belong."""
    times = [_polled_at(stage, days) for days, _words in script.polled]
    session.open_poll(times=times, answer_by=stage.days_ago(-12))


def said_of_dates(stage: Stage, session: Session, script: Script, slug: str) -> dict[str, str]:
    """What a chamber says of each date; nothing when it stays silent."""
    word = {_polled_at(stage, days): WORDS.get(said[POLLED.index(slug)]) for days, said in script.polled}
    known = {str(option.pk): word[option.starts_at] for option in session.options.all()}
    return {key: said for key, said in known.items() if said}


def close_poll(stage: Stage, session: Session, script: Script) -> None:
    for days, _words in script.polled:
        moved = session.options.filter(starts_at=_polled_at(stage, days))
        moved.update(starts_at=moment(stage, script.days_ago - days))


def _polled_at(stage: Stage, days: int) -> datetime.datetime:
    return moment(stage, -30 - days)


def set_date(stage: Stage, session: Session, script: Script) -> None:
    """Half past nine on its day; the agenda, then the notice."""
    session.schedule(starts_at=moment(stage, script.days_ago), place=script.place)
    for title, minutes, slug in script.items:
        session.add_agenda_item(title=title, minutes=minutes, chamber_id=stage.chambers[slug].pk if slug else None)
    session.send_notice()
    _strike(stage, session, script)


def hold(stage: Stage, session: Session, script: Script) -> None:
    """Everybody who was coming was there; then the record, the minutes, and the minutes go out."""
    for line in session.roll.filter(answer="coming"):
        session.check_in(chamber_id=line.chamber_id)
    _note(stage, session, script)
    _decide(stage, session, script)
    session.hold()
    _strike(stage, session, script)
    session.draft_minutes()
    session.send_minutes()


def _note(stage: Stage, session: Session, script: Script) -> None:
    for said in script.statements:
        title = script.items[said.item][0]
        session.note_statement(
            chamber_id=stage.chambers[said.chamber].pk,
            item_id=session.agenda.get(title=title).pk,
            speaker=said.speaker,
            text=said.text,
            is_practice=said.is_practice,
            is_problem=said.is_problem,
        )


def _decide(stage: Stage, session: Session, script: Script) -> None:
    for text in script.decisions:
        session.record_decision(text=text)
    for task in script.tasks:
        due_on = stage.days_ago(script.days_ago - task.days)
        owner = stage.chambers[task.chamber].pk
        session.assign_action(title=task.title, chamber_id=owner, person=task.person, due_on=due_on)


def moment(stage: Stage, days_ago: int) -> datetime.datetime:
    return make_aware(datetime.datetime.combine(stage.days_ago(days_ago), datetime.time(9, 30)))


def _strike(stage: Stage, session: Session, script: Script) -> None:
    """From the roll, whoever joined only after the day of the session."""
    later = [stage.chambers[slug].pk for slug in script.late]
    session.roll.filter(chamber_id__in=later).delete()
    if session.active_count:
        session.active_count = session.roll.count()
        session.save()
