"""The demo's places and people, after source 001: a provincial chamber and one of each city of Hunan, all invented."""

from typing import NamedTuple

PASSWORD = "huiguan-demo-2026"
FEDERATION_SLUG, FEDERATION_NAME = "hunan", "在陕湘籍商会联席会议"


class DemoChamber(NamedTuple):
    """A chamber of the demo. `home` and `host` are GB/T 2260 codes; `size` is the number of members it gets."""

    slug: str
    name: str
    short_name: str
    home: str
    host: str
    size: int
    credit_code: str

    @property
    def phone(self) -> str:
        """Of its secretariat; no two chambers have the same."""
        return f"029-8888 0{self.credit_code[-3:]}"


CHAMBERS = (
    DemoChamber("sxhunan", "陕西省湖南商会", "湖南商会", "430000", "610000", 400, "51610000MJD0000019"),
    DemoChamber("changde", "西安市常德商会", "常德商会", "430700", "610100", 0, "51610100MJA0000023"),
    DemoChamber("shaoyang", "陕西省邵阳商会", "邵阳商会", "430500", "610000", 0, "51610000MJD0000035"),
    DemoChamber("hengyang", "西安市衡阳商会", "衡阳商会", "430400", "610100", 210, "51610100MJA0000040"),
    DemoChamber("chenzhou", "陕西省郴州商会", "郴州商会", "431000", "610000", 160, "51610000MJD0000051"),
    DemoChamber("yueyang", "西安市岳阳商会", "岳阳商会", "430600", "610100", 135, "51610100MJA0000067"),
    DemoChamber("yongzhou", "陕西省永州商会", "永州商会", "431100", "610000", 95, "51610000MJD0000078"),
    DemoChamber("xiangtan", "西安市湘潭商会", "湘潭商会", "430300", "610100", 80, "51610100MJA0000083"),
    DemoChamber("changsha", "西安市长沙商会", "长沙商会", "430100", "610100", 88, "51610100MJA0000091"),
    DemoChamber("zhuzhou", "西安市株洲商会", "株洲商会", "430200", "610100", 84, "51610100MJA0000104"),
    DemoChamber("yiyang", "陕西省益阳商会", "益阳商会", "430900", "610000", 78, "51610000MJD0000115"),
    DemoChamber("huaihua", "陕西省怀化商会", "怀化商会", "431200", "610000", 76, "51610000MJD0000123"),
    DemoChamber("loudi", "西安市娄底商会", "娄底商会", "431300", "610100", 74, "51610100MJA0000139"),
    DemoChamber("xiangxi", "陕西省湘西商会", "湘西商会", "433100", "610000", 72, "51610000MJD0000140"),
    DemoChamber("zhangjiajie", "陕西省张家界商会", "张家界商会", "430800", "610000", 70, "51610000MJD0000158"),
)


PHONES = {chamber.slug: chamber.phone for chamber in CHAMBERS}


class DemoPerson(NamedTuple):
    """`place` is a chamber's or the federation's slug, or empty for an operator of the platform."""

    key: str
    name: str
    place: str
    role: str

    @property
    def email(self) -> str:
        return f"{self.key}@example.com"


PEOPLE = (
    DemoPerson("qin", "秦若兰", "changde", "secretary_general"),
    DemoPerson("tan", "谭一鸣", "changde", "officer"),
    DemoPerson("peng", "彭小满", "changde", "officer"),
    DemoPerson("gu", "顾清和", "changde", "treasurer"),
    DemoPerson("tao", "陶远山", "changde", "president"),
    DemoPerson("ruan", "阮知行", "changde", "supervisor"),
    DemoPerson("dai", "戴星河", "shaoyang", "secretary_general"),
    DemoPerson("nie", "聂长风", "shaoyang", "officer"),
    DemoPerson("yan", "颜书白", "sxhunan", "secretary_general"),
    DemoPerson("yi", "易安澜", "hengyang", "secretary_general"),
    DemoPerson("xiao", "萧景行", "chenzhou", "secretary_general"),
    DemoPerson("liu", "柳月川", "yueyang", "secretary_general"),
    DemoPerson("zhou", "周远舟", "yongzhou", "secretary_general"),
    DemoPerson("mo", "莫听雨", "xiangtan", "secretary_general"),
    DemoPerson("shen", "沈知微", "changsha", "secretary_general"),
    DemoPerson("lu", "陆望川", "zhuzhou", "secretary_general"),
    DemoPerson("song", "宋清晏", "yiyang", "secretary_general"),
    DemoPerson("xie", "谢长宁", "huaihua", "secretary_general"),
    DemoPerson("fang", "方砚秋", "loudi", "secretary_general"),
    DemoPerson("pei", "裴云帆", "xiangxi", "secretary_general"),
    DemoPerson("wen", "温如许", "zhangjiajie", "secretary_general"),
    DemoPerson("lian", "连若谷", FEDERATION_SLUG, "coordinator"),
    DemoPerson("qiao", "乔望舒", FEDERATION_SLUG, "delegate"),
    DemoPerson("operator", "平台运营", "", "operator"),
)
