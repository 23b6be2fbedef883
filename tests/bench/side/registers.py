"""A long register as a secretariat would keep it: invented members, all different, none malformed."""

import random
from io import BytesIO
from typing import Any

from openpyxl import Workbook

HEADINGS = [
    *("序号", "会员单位", "统一社会信用代码", "法定代表人", "联系人", "联系电话"),
    *("行业", "商会职务", "入会时间", "年会费（元）", "地址"),
]
DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SURNAMES = "秦谭彭顾陶阮戴聂蓝霍柯裴纪温鲁"
GIVEN = "若兰一鸣小满清和远山知行星河长风景明书言安之怀瑾"
WORDS = "云川澜沧岚屿杉禾砚棠榆槿荻芷蘅葳峤屏湛朗昱晖霁霖沐泓溯滢珩瑜璟瑶"
TRADES = ("建筑业", "餐饮业", "批发和零售业", "软件和信息技术服务业", "制造业", "物流业", "教育", "金融业")


def register(rows: int) -> bytes:
    """The xlsx file."""
    book, chance = Workbook(write_only=True), random.Random(1)
    sheet = book.create_sheet("会员名册")
    sheet.append(HEADINGS)
    for number in range(rows):
        sheet.append(_row(number, chance))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _row(number: int, chance: random.Random) -> list[Any]:
    person = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, 2))
    name = f"西安{_word(number)}{chance.choice(('商贸', '建设', '科技', '食品', '物流'))}有限公司"
    joined = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    title = "理事" if number % 10 == 0 else ""
    phone = f"139{number:08}"
    return [
        number + 1,
        name,
        _code(number),
        person,
        person,
        phone,
        chance.choice(TRADES),
        title,
        joined,
        2000,
        f"高新路{number}号",
    ]


def _word(number: int) -> str:
    """Three characters, other ones for each number."""
    size = len(WORDS)
    return WORDS[number % size] + WORDS[number // size % size] + WORDS[(number // size**2 + number) % size]


def _code(number: int) -> str:
    """A unified social credit code with its check character. [GB 32100]"""
    body = f"91610131{number:09}"
    total = sum(DIGITS.index(each) * pow(3, place, 31) for place, each in enumerate(body))
    return body + DIGITS[-total % 31]
