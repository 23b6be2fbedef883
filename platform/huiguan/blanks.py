"""Words of people's own into which something is filled in: 「{会员}您好」. Each blank has a name in each language."""

import re
from collections.abc import Mapping

NAMES = {
    "chamber": "chamber 商会 商會",
    "member": "member 会员 會員",
    "name": "name 姓名",
    "title": "title 款项 款項",
    "amount": "amount 金额 金額",
    "due": "due 到期日",
    "code": "code 缴费码 繳費碼",
    "days": "days 天数 天數",
    "link": "link 链接 鏈接",
}
KEYS = {word: key for key, words in NAMES.items() for word in words.split()}
BLANK = re.compile(r"\{([^{}]*)\}")


def fill(text: str, given: Mapping[str, str]) -> str:
    """Nothing but blanks is replaced; what nobody fills in stays as it was written."""
    return BLANK.sub(lambda found: given.get(_key(found[1]), found[0]), text)


def unknown(text: str, keys: frozenset[str]) -> list[str]:
    """What stands in braces and is none of these."""
    return [word for word in BLANK.findall(text) if _key(word) not in keys]


def asks_for(text: str, key: str) -> bool:
    """Whether the text has this blank: what takes work is worked out for those alone."""
    return any(_key(word) == key for word in BLANK.findall(text))


def _key(word: str) -> str:
    return KEYS.get(word.strip(), "")
