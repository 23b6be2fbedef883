"""Rows that stand between members and speak for the rows below: 副会长单位(12家), 二、个人会员, 已退会会员."""

import re
from dataclasses import dataclass, replace

from huiguan.names.vocabulary import terms as terms_of_names
from huiguan.spreadsheets.characters import clean, fold
from tenants.members.register.industries import read_industry
from tenants.members.register.positions import position, read_positions
from tenants.members.register.vocabulary import longest_first, terms

_ORDINAL = re.compile(
    r"^(?:第?[一二三四五六七八九十百\d]+(?:部分)?[、.．:)章节]|\([一二三四五六七八九十\d]+\)|[①-⑳ⅰ-ⅻⅠ-Ⅻ])"
)
_COUNT = re.compile(
    r"[(（\[【]?[:：]?(?:共|合计|计|总计)?\d+(?:\+\d+)?(?:家|名|位|人|个|户)(?:单位|企业|会员)?[)）\]】]?"
)
_AMOUNT = re.compile(r"\([^()]*\d[^()]*\)|[,:;、—\-\s]*(?:年?会费|缴费|收费)(?:标准)?[:：]?[^,;]*$")
_FRAME = re.compile(r"^[\s\[【《<★☆◆●■▲*#=—\-]+|[\s\]】》>★☆◆●■▲*#=—\-:：]+$")
_LIST = re.compile(r"(?:名单|名册|名录|一览表|一览|列表|明细|表|如下|\(续\)|部分)+$")
_FOOTNOTE = re.compile(
    r"^[(（※*]*(?:注|备注|附注|说明|填表|制表|打印|审核|复核|统计|截至|截止|更新|编制|制作|联系电话|单位[::]|附[::件]|第\d+页|共\d+[页家名]|以上|本表|本名册|如有|日期|经办|负责人签|秘书处|以下空白|数据来源|来源)"
)
_TOTAL = re.compile(
    r"^(?:[\[【(]?(?:小计|合计|总计|共计|累计|合共|总数|本页|本表合计|会员总数|总金额|分类合计|企业合计|本栏))"
)


@dataclass(frozen=True, slots=True)
class Section:
    """What a section row says about the rows below it. A section nobody understands says only that it begins."""

    text: str
    positions: tuple[str, ...] = ()
    kind: str | None = None
    industry: str | None = None
    is_withdrawn: bool = False
    is_unclear: bool = False
    is_choice: bool = False  # 会长、执行会长: a member below has one of them; 副会长兼秘书长 has both

    def below(self, above: "Section | None") -> "Section":
        """The section as it stands below another: one that names only a sector leaves the positions as they are."""
        if above is None or not self.industry:
            return self
        return replace(above, text=self.text, industry=self.industry)


def read_section(text: str) -> Section | None:
    """None if the text reads neither like a section nor like one that is not understood."""
    said = clean(text).replace("\n", " ")
    if not said or len(said) > 40:
        return None
    shape = bool(_ORDINAL.search(said) or _COUNT.search(said))
    core = bare(said)
    kinds, word = terms("names", "kinds"), fold(core)
    if says_withdrawn(said):
        return Section(said, is_withdrawn=True)
    if word in kinds and "会员" in word:
        return Section(said, kind=kinds[word])
    if found := _positions(core):
        return Section(said, positions=found, is_choice=len(found) > 1 and "兼" not in core)
    industry, doubt = read_industry(core)
    if industry and not doubt and (shape or fold(core) in terms_of_names("industries", "industries")):
        return Section(said, industry=industry)
    is_like_one = shape or word.endswith(("单位", "会员", "成员"))
    return Section(said, is_unclear=True) if is_like_one and len(core) <= 15 else None


def says_withdrawn(text: str) -> bool:
    """已退会会员 does, 会员名册(含退会) does not."""
    word = fold(text)
    is_part = re.search("含|包括|以及|及|和|与|除", word)
    return not is_part and any(part in word for part in longest_first("names", "withdrawn_words"))


def bare(text: str) -> str:
    """The words of a section without ordinal, count and ornaments: 三、副会长单位(12家) is 副会长单位."""
    text = _AMOUNT.sub("", text) or text
    for _ in range(2):
        text = _FRAME.sub("", _ORDINAL.sub("", _FRAME.sub("", _COUNT.sub("", text))))
    text = re.sub(r"^\(([^()]*)\)$", r"\1", text)
    return _LIST.sub("", text).strip() or text


def is_footnote(text: str) -> bool:
    return bool(_FOOTNOTE.match(fold(text)))


def is_total(text: str) -> bool:
    return bool(_TOTAL.match(fold(text)))


def is_count(text: str) -> bool:
    return bool(_COUNT.fullmatch(fold(text)) or re.fullmatch(r"\d{1,5}", fold(text)))


def _positions(core: str) -> tuple[str, ...]:
    if whole := position(core):
        return (whole,)
    found, doubt = read_positions(core)
    return tuple(found) if not doubt else ()
