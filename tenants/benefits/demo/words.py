"""The demo's merchants and what they give, as an agreement of this kind reads. Every name is invented."""

from typing import NamedTuple

CODE = "YSRJ88"  # the code of the first merchant, for who tries the demo
LEAST = {"宴席满 2000 元减 200": 200_000, "满 200 元减 20": 20_000}  # fen from which a bill counts
PEOPLE = ("程晚晴", "陆景和", "何以宁", "温知夏", "叶书远", "简明轩", "宋清越", "方可为")


class Shop(NamedTuple):
    """`offers` are what `Offer` is made of: title, saving, per cent or yuan, terms."""

    name: str
    category: str
    region: str
    address: str
    about: str
    offers: tuple[tuple[str, str, int, str], ...]


MERCHANTS = (
    Shop(
        "沅水人家酒楼",
        "dining",
        "雁塔区",
        "小寨东路甲 18 号",
        "常德钵子菜",
        (
            ("菜品八八折", "percent", 12, "酒水、海鲜除外；包间请提前一天预订。"),
            ("宴席满 2000 元减 200", "amount", 200, "同一桌次限用一次，不与折扣同享。"),
        ),
    ),
    Shop("安怡口腔门诊部", "health", "碑林区", "友谊西路 102 号", "", (("洁牙一次", "gift", 180, "需电话预约。"),)),
    Shop(
        "颐康体检中心",
        "health",
        "雁塔区",
        "科技路 77 号 3 层",
        "周一至周六上午",
        (("体检套餐八折", "percent", 20, "持卡人及直系亲属可用；早上空腹。"),),
    ),
    Shop(
        "云栖谷度假酒店",
        "hotel",
        "长安区",
        "滦镇街道环山路旁",
        "可承接年会、培训",
        (
            ("客房七五折", "percent", 25, "法定节假日除外。"),
            ("会议室半日免费", "gift", 1200, "订房满十间可用。"),
        ),
    ),
    Shop("洞庭春茶行", "shopping", "莲湖区", "茶叶市场二区 21 号", "安化黑茶", (("全场九折", "percent", 10, ""),)),
    Shop(
        "捷安汽车养护",
        "car",
        "未央区",
        "太华北路 205 号",
        "",
        (("保养工时费减 60 元", "amount", 60, "每次保养可用。"),),
    ),
    Shop(
        "广闻图文快印",
        "printing",
        "高新区",
        "唐延路 33 号",
        "画册、展架、标书",
        (("印刷八五折", "percent", 15, "加急件除外。"), ("名片一盒", "gift", 35, "每卡每年一次。")),
    ),
    Shop(
        "正衡法律咨询服务所",
        "legal",
        "碑林区",
        "南二环西段 58 号",
        "合同、劳动、欠款",
        (("合同审阅一份", "gift", 800, "五十页以内，三个工作日。"),),
    ),
    Shop("明账财税代理", "legal", "高新区", "锦业路 1 号", "", (("代理记账首季减 300 元", "amount", 300, ""),)),
    Shop(
        "顺达同城货运",
        "logistics",
        "灞桥区",
        "物流园 6 号库",
        "",
        (("同城运费九二折", "percent", 8, "单程满 20 公里。"),),
    ),
    Shop("桃源湘品超市", "shopping", "雁塔区", "明德门南路 9 号", "湖南特产", (("满 200 元减 20", "amount", 20, ""),)),
    Shop(
        "山行旅行社", "leisure", "新城区", "长乐西路 140 号", "", (("省内一日游九折", "percent", 10, "提前三天报名。"),)
    ),
    Shop(
        "启明管理培训", "training", "高新区", "高新四路 15 号", "", (("公开课一个席位", "gift", 600, "每卡每年一次。"),)
    ),
    Shop("信诚保险经纪", "finance", "莲湖区", "北大街 88 号", "", (("企业财产险方案比较", "gift", 0, ""),)),
)
