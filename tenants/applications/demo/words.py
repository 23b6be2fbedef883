"""Who applies in the demo. Every firm and every person is invented."""

from typing import Any, NamedTuple


class Story(NamedTuple):
    """What the applicant entered, which steps followed, how many days ago."""

    facts: dict[str, Any]
    steps: tuple[str, ...]
    days: int
    agreed: tuple[str, ...] = ()


GREETING = (
    "凡在本地投资兴业、拥护{chamber}章程的同乡企业和个人，均可申请入会。\n"
    "会费按章程规定的档次缴纳；如有疑问请先与秘书处联系。"
)
QUESTION = "请补充营业执照上的注册地址，并说明在本地是否有实际经营场所。"
ANSWER = "注册地址在高新区丈八四路，办公室和仓库都在同一栋楼，欢迎来看。"
RESOLUTION = "第二届十五次理事会决议第三号"
REFUSAL = "主营业务与商会章程规定的会员条件不符，欢迎以后参加我们的公开活动。"


def _firm(name: str, industry: str, person: str, scope: str, motive: str, referrer: str = "") -> dict[str, Any]:
    said = {"name": name, "industry": industry, "legal_representative": person, "contact_name": person}
    return {**said, "contact_role": "总经理", "business_scope": scope, "motive": motive, "referrer": referrer}


STORIES = (
    Story(
        _firm(
            "西安桃源春餐饮管理有限公司", "餐饮酒店", "丁若溪",
            "常德米粉、钵子菜，三家直营店", "想认识更多同乡，一起采购", "会员推荐",
        ),
        (), 1, ("matching",),
    ),
    Story(
        _firm(
            "陕西沅水新材料科技有限公司", "新能源环保", "田明远",
            "锂电池隔膜涂覆材料研发生产", "希望参与家乡招商对接",
        ),
        (), 9,
    ),
    Story(
        _firm(
            "西安柳叶湖文化传媒有限公司", "文化创意", "卢思齐",
            "短视频、品牌策划、活动执行", "愿为商会活动提供拍摄",
        ),
        ("ask",), 10, ("matching", "partners"),
    ),
    Story(
        _firm("西安武陵物流有限公司", "运输物流", "蒋安平", "西安至长沙、常德专线", "找稳定货源", "会长介绍"),
        ("ask", "answer"), 3,
    ),
    Story(
        _firm("陕西德山机械制造有限公司", "制造业", "沈国华", "非标设备、钣金加工，员工 60 人", "融资与政策信息"),
        ("submit",), 14, ("matching",),
    ),
    Story(
        _firm(
            "西安澧州农业发展有限公司", "农产品", "苏晓兰",
            "洞庭湖大米、茶油在陕总代理", "开拓团购渠道", "副会长单位推荐",
        ),
        ("submit",), 16,
    ),
    Story(
        {
            "kind": "individual", "name": "曾子涵", "contact_name": "曾子涵", "contact_role": "律师",
            "industry": "现代服务", "native_place": "常德", "motive": "愿为会员提供法律咨询",
        },
        ("submit", "approve"), 20,
    ),
    Story(
        _firm("西安清水湖教育咨询有限公司", "教育培训", "魏书宁", "职业技能培训", "与会员企业合作办班"),
        ("submit", "approve", "welcome"), 40, ("matching",),
    ),
    Story(
        _firm("陕西城头山商贸有限公司", "商贸", "程嘉和", "酒水批发", "扩大销路"),
        ("submit", "refuse"), 45,
    ),
    Story(
        _firm("西安壶瓶山旅行社有限公司", "现代服务", "薛春晓", "研学旅行", "合作线路"),
        ("give_up_by_link",), 30,
    ),
)  # fmt: skip
