"""A chamber that is behind reads its gap and a card, sets a target, and learns from one that is ahead."""

import pytest

from huiguan.kpis import last_quarter, quarter_name
from tests.journeys.ledger import ledger_says

PROGRAMS = ("worker",)
FIGURE, URL = "会员留存率", "/benchmarks/kpis/K02/"
CARD = "到期前一个月就说清楚"
WISH = "想听听从年初到年中分几步做。"
RELEASED = """
from huiguan.actors import SYSTEM, acting_as
from huiguan.tenancy.binding import in_chamber, in_federation, in_site
from huiguan.tenancy.models import Chamber
from federation.benchmarking.models import Place, Release, ReleaseCell
from federation.registry.models import Federation
from tenants.benchmarks.models import Figure, Share

year, quarter = {quarter}
with acting_as(SYSTEM):
    with in_site():
        chambers = {{chamber.slug: chamber for chamber in Chamber.objects.all()}}
    with in_federation():
        federation = Federation.objects.get()
        made = Release.objects.create(federation=federation, year=year, quarter=quarter, status="frozen")
        told = dict(median=90, lower=80, upper=95, band="10-19", unit="%")
        ReleaseCell.objects.create(release=made, code="K02", facet="all", **told)
        for slug, quartile in (("changde", 1), ("shaoyang", 4)):
            Place.objects.create(release=made, chamber_id=chambers[slug].pk, code="K02", quartile=quartile)
    for slug, value in (("changde", 62), ("shaoyang", 98)):
        with in_chamber(chambers[slug]):
            Figure.objects.create(code="K02", year=year, quarter=quarter, value=value)
            Share.objects.create(federation_id=federation.pk, federation_name=federation.name, code="K02", given_by="-")
"""


@pytest.fixture(scope="module", autouse=True)
def released(house):
    """A release of ten chambers and more, as it was frozen: two of them are in this house."""
    house.run("shell", "-c", RELEASED.format(quarter=last_quarter()))


def write_a_card(at):
    at.open(URL).follow("撰写做法卡片")
    at.write("做法要点", CARD)
    at.write("具体做法", "一月由联络员逐户致电，先说这一年办了什么。")
    at.page.get_by_label("愿意每半年接待至多两家商会来访或线上交流一小时").check()
    at.press("公开卡片").sees("记入共享台账")


def set_a_target_and_ask(at):
    at.open(URL).waits_for(CARD).press("采纳为本会目标").sees("62% → 90% → 95%")
    at.write("想了解什么", WISH)
    at.press("申请交流").waits_for("正在物色商会").follow("正在物色商会").sees("其他人都不会知道本会申请过")
    at.does_not_see("陕西省邵阳商会")
    ledger_says(at, WISH)


def test_from_the_gap_by_a_card_and_a_target_to_an_hour_with_another_chamber(visitor):
    weak, better = visitor("changde", "qin", 390), visitor("shaoyang", "dai")
    write_a_card(better)
    set_a_target_and_ask(weak)

    better.open("/tasks/").waits_for(f"经验交流：{FIGURE}").follow(f"经验交流：{FIGURE}").sees("西安市常德商会", WISH)
    better.press("同意交流").waits_for("交流之后")
    better.page.get_by_label("线上一小时").check()
    better.write("做法要点", "三步走")
    better.write("具体做法", "一月发通知，三月致电，五月上门。")
    better.press("发送").waits_for("交流时间")

    weak.open("/tasks/").waits_for(f"经验交流：{FIGURE}").follow(f"经验交流：{FIGURE}").sees(
        "与陕西省邵阳商会的经验交流", "三步走"
    )
    assert weak.page.get_by_label("目标", exact=True).input_value() == "90.0"
    weak.press("发送").waits_for("帮助有多大？")
    weak.choose("帮助有多大？", "★★★★★")
    weak.press("发送").waits_for("双方都评价后，才能看到对方的评价。")
    better.open("/tasks/").follow(f"经验交流：{FIGURE}").sees("90%").choose("帮助有多大？", "★★★★")
    better.press("发送").waits_for("5 分（满分 5 分）").finds_no("提前结束")

    coordinator = visitor("hunan", "lian").open("/benchmarking/release/").follow(quarter_name(*last_quarter()))
    coordinator.sees("完成经验交流的商会：不足五家").does_not_see("三步走", WISH)
