"""The demo's figures and what is learned from them: sent, released, a gap, cards, targets, practice exchanges."""

from federation.benchmarking import demo as released
from federation.benchmarking.exchanges import SeenExchange, exchanges_of
from federation.benchmarking.models import Release
from federation.registry.items import Item
from federation.registry.queries import FederationOfChamber, federations_of
from huiguan.capability import kpis
from huiguan.demo.people import FEDERATION_NAME
from huiguan.demo.stage import Stage
from huiguan.kpis import Kpi, last_quarter
from tenants.benchmarks import actions, exchanges, practices, targets
from tenants.benchmarks.models import Share
from tenants.benchmarks.showing import quarters_before

RELUCTANT = {"xiangtan": {"K02"}}  # one chamber keeps one figure to itself
DUES = "K01"
CARDS = {  # by the chambers of the better quarter, each as it likes to tell it
    DUES: (
        (
            "到期前一个月就说清楚",
            "十二月把会费标准和用途发给每位会员，一月由联络员逐户致电；先说这一年办了什么，再说会费。",
        ),
        ("会长带头，理事包片", "会长、副会长三月前缴清并公布；每位理事联系十户会员，月底在理事群里报进度。"),
        ("困难会员另谈", "欠缴的先走访、问原因；确有困难的分两期，经理事会同意后记录在案，不在群里点名。"),
    ),
    "K09": (("走访排进周历", "每周三固定走访，两人一组，路线提前排好；当天录入，会员提的事一周内有回音。"),),
}
BEHIND = "changde"
ASKING = "yueyang"  # a second chamber has been through all of it
WISHES = {
    ASKING: "想了解联络员怎么分工、催缴的话怎么说。",
    BEHIND: "本会会费收缴率偏低，想听听从年初到年中分几步催缴、遇到困难会员怎么谈。",
}
ANSWER = "欢迎来坐坐，催缴的通知和电话提纲都可以看。"
CARD = ("三步走", "一月发通知，三月联络员致电，五月理事上门。每一步都留记录，下一步只找还没缴的。")


def load_demo(stage: Stage) -> None:
    """Two quarters are opened and the older one is released; 常德 reads it and asks."""
    assert stage.federation_id is not None, "the federation is founded first"
    quarters = quarters_before(*last_quarter(stage.today))
    with stage.coordinating():
        for year, quarter in quarters[-2:]:
            Release(federation_id=stage.federation_id, year=year, quarter=quarter).save()
    for slug in stage.chambers:
        with stage.working(slug):
            _share(stage, slug, quarters)
    stage.deliver()
    released.load_demo(stage)
    _write_cards(stage)
    _go_through(stage, ASKING)
    _ask(stage, BEHIND)


def _share(stage: Stage, slug: str, quarters: list[tuple[int, int]]) -> None:
    told = {"federation_id": stage.federation_id, "federation_name": FEDERATION_NAME}
    for year, quarter in quarters:
        actions.compute(year, quarter)
    for code in kpis():
        if code not in RELUCTANT.get(slug, ()):
            actions.share(code=code, **told)  # type: ignore[arg-type]
    actions.count_for_topics(Share.objects.get(code=DUES), counts=True)
    year, quarter = quarters[-2]
    actions.send(year=year, quarter=quarter, **told)  # type: ignore[arg-type]


def _write_cards(stage: Stage) -> None:
    """Whoever the release has in the better quarter, as long as there is something to tell."""
    left = {code: list(cards) for code, cards in CARDS.items()}
    for slug in stage.chambers:
        with stage.working(slug):
            for kpi, federation in _better_in(slug, stage):
                if left[kpi.code]:
                    title, text = left[kpi.code].pop(0)
                    said = {"title": title, "text": text, "takes_mentees": kpi.code == DUES}
                    practices.share_practice(kpi=kpi, federation=federation, **said)  # type: ignore[arg-type]
    stage.deliver()


def _better_in(slug: str, stage: Stage) -> list[tuple[Kpi, FederationOfChamber]]:
    here = [each for each in federations_of(stage.chambers[slug].pk) if Item.BENCHMARKING in each.items]
    return [(kpis()[code], each) for each in here for code in CARDS if practices.may_share(kpis()[code], each)]


def _ask(stage: Stage, slug: str) -> None:
    """The gap becomes a target, and a question that the federation passes on."""
    with stage.working(slug) as chamber:
        federation = federations_of(chamber.pk)[0]
        told = {"kpi": kpis()[DUES], "federation": federation}
        if targets.standings(**told)[0].proposal is not None:  # type: ignore[arg-type]
            targets.adopt(**told)  # type: ignore[arg-type]
        exchanges.ask(wish=WISHES[slug], **told)  # type: ignore[arg-type]
    stage.deliver()


def _go_through(stage: Stage, slug: str) -> None:
    """Asked, agreed, held, with a target and both ratings."""
    _ask(stage, slug)
    mentor = next(each for each in stage.chambers if _has_turn(stage, each))
    title, text = CARD
    told = {"held_on": stage.days_ago(5), "way": "visit", "title": title, "text": text}
    _say(stage, mentor, exchanges.answer, accepts=True, answer=ANSWER)
    _say(stage, mentor, exchanges.report, **told)
    target_by = stage.today.replace(year=stage.today.year + 1, month=12, day=31)
    _say(stage, slug, exchanges.take_on, target=75, target_by=target_by)
    _say(stage, slug, exchanges.rate, stars=5, words="当月就照着做了，通知模板很好用。")
    _say(stage, mentor, exchanges.rate, stars=4, words="问得很细，我们自己也理了一遍。")


def _say(stage: Stage, slug: str, act: object, **said: object) -> None:
    with stage.working(slug):
        [exchange] = [each for each in _exchanges(stage, slug) if each.is_unfinished]
        act(exchange, **said)  # type: ignore[operator]
    stage.deliver()


def _has_turn(stage: Stage, slug: str) -> bool:
    return any(each.may_answer for each in _exchanges(stage, slug))


def _exchanges(stage: Stage, slug: str) -> list[SeenExchange]:
    assert stage.federation_id is not None, "the federation is founded first"
    return exchanges_of(chamber_id=stage.chambers[slug].pk, federation_id=stage.federation_id)
