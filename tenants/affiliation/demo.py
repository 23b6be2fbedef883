"""How each chamber of the demonstration joined: on its own day, with its own items, through real messages. [001]"""

import datetime
from typing import NamedTuple

from django.utils.timezone import make_aware

from federation.registry import queries
from federation.registry.items import Item
from huiguan.demo.people import PHONES
from huiguan.demo.stage import Stage
from huiguan.outbox.models import Message
from tenants.affiliation.actions import join
from tenants.affiliation.models import Affiliation, Entry


class Story(NamedTuple):
    """What a chamber accepted, how many days ago, and what it wrote of itself."""

    days_ago: int
    items: tuple[str, ...]
    introduction: str
    strengths: tuple[str, ...]
    contact: str


ALL = tuple(Item.values)
FIGURES_ONLY = (Item.DIRECTORY, Item.BENCHMARKING)  # nobody of them has come to a meeting yet
WITHOUT_FIGURES = (Item.DIRECTORY, Item.LIAISON, Item.MATCHING)
STORIES = {
    "sxhunan": Story(
        410,
        ALL,
        "在陕湘籍企业家的省级商会，联系三湘各地市在陕商会。协助企业对接政务、金融与法律服务，组织湘商回乡投资考察。",
        ("政务对接", "招商引资", "法律服务"),
        "颜书白",
    ),
    "changde": Story(
        396,
        ALL,
        "立足西安服务常德籍企业家，会员以建材、商贸、餐饮和装饰为主。秘书处重走访、重服务，党建与会务同步。",
        ("建材供应", "会议场地", "党建经验"),
        "秦若兰",
    ),
    "shaoyang": Story(
        380, ALL, "会员多从事机电、五金和物流，仓储与运力充足，乐于与兄弟商会共享。", ("物流仓储", "机电五金"), "戴星河"
    ),
    "hengyang": Story(341, ALL, "以医药、教育和餐饮企业为主，常年举办会员培训与企业互访。", ("医药", "培训"), "易安澜"),
    "chenzhou": Story(
        322,
        (*WITHOUT_FIGURES, Item.DATA_CALLS, Item.BENCHMARKING),
        "会员集中在有色金属、矿山设备和文旅行业，与家乡园区联系紧密。",
        ("矿山设备", "文旅"),
        "萧景行",
    ),
    "yueyang": Story(
        300,
        ALL,
        "从事石化、水产与茶叶贸易的会员居多，设有法律顾问团和会员互助金。",
        ("茶叶", "水产", "法律顾问"),
        "柳月川",
    ),
    "yongzhou": Story(
        188,
        (Item.DIRECTORY, Item.LIAISON),
        "新近加入，会员以劳务、建筑和农产品为主，正在健全秘书处。",
        ("建筑劳务", "农产品"),
        "",
    ),
    "xiangtan": Story(
        95,
        (Item.DIRECTORY, Item.LIAISON, Item.DATA_CALLS),
        "会员以机械制造和新材料企业为主，重视数字化。",
        ("机械制造",),
        "莫听雨",
    ),
    "changsha": Story(
        296, FIGURES_ONLY, "会员多在工程机械、文创和餐饮行业，秘书处三人专职。", ("工程机械", "餐饮连锁"), "沈知微"
    ),
    "zhuzhou": Story(294, FIGURES_ONLY, "以轨道交通配套、陶瓷和服饰企业为主。", ("轨道交通", "陶瓷"), "陆望川"),
    "yiyang": Story(292, FIGURES_ONLY, "会员经营黑茶、竹制品和船舶配件。", ("黑茶", "竹制品"), "宋清晏"),
    "huaihua": Story(290, FIGURES_ONLY, "以中药材、柑橘和商贸物流为主，会员分布在关中各市。", ("中药材",), "谢长宁"),
    "loudi": Story(288, FIGURES_ONLY, "会员多从事钢材、文印和矿山机械。", ("文印", "钢材"), "方砚秋"),
    "xiangxi": Story(286, FIGURES_ONLY, "以文旅、酒类和特色农产品为主。", ("文旅", "农产品"), "裴云帆"),
    "zhangjiajie": Story(284, FIGURES_ONLY, "会员以旅行社、酒店和农产品企业为主。", ("旅游接待",), "温如许"),
}


def load_demo(stage: Stage) -> None:
    """Each chamber answers its invitation on its own day, with its own items, and publishes its entry."""
    for slug, story in STORIES.items():
        with stage.working(slug) as chamber:
            for invitation in queries.invitations_of(chamber.pk):
                affiliation = join(invitation=invitation, items=story.items, version=1)
                _publish_entry(affiliation, story, PHONES[slug])
                _backdate(affiliation, stage.days_ago(story.days_ago))


def _publish_entry(affiliation: Affiliation, story: Story, phone: str) -> None:
    entry = Entry(
        affiliation=affiliation,
        introduction=story.introduction,
        strengths=list(story.strengths),
        contact_name=story.contact,
        contact_phone=phone if story.contact else "",
        contact_agreed=bool(story.contact),
    )
    entry.full_clean()
    entry.save()
    entry.publish()


def _backdate(affiliation: Affiliation, day: datetime.date) -> None:
    """Before the messages leave, so that the federation's register has the same days."""
    at = make_aware(datetime.datetime.combine(day, datetime.time(10, 30)))
    Message.objects.filter(record_id=affiliation.pk, state=Message.State.PENDING).update(created_at=at)
    Affiliation.objects.filter(pk=affiliation.pk).update(joined_on=day)
