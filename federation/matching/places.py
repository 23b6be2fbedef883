"""Regions in a person's words: the codes of GB/T 2260 that chambers choose from, and what others are called."""

from collections.abc import Iterable
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from federation.matching.profiles import NATIONWIDE, ONLINE
from federation.matching.text import DATA, to_traditional
from huiguan import pinyin, regions

NOT_CHINESE = {"呼和浩特": "Hohhot", "哈尔滨": "Harbin", "拉萨": "Lhasa", "乌鲁木齐": "Urumqi"}


def region_name(code: str) -> str:
    """`430700` is 湖南常德, Changde (Hunan); a district is called by its city; an unknown code is shown as it is."""
    if code == NATIONWIDE:
        return _("Nationwide")
    if code == ONLINE:
        return _("Online")
    province, city = names().get(f"{code[:2]}0000", ""), names().get(f"{code[:4]}00", "")
    city, language = "" if city == province else city, get_language() or ""
    if not language.startswith("zh"):
        return _in_letters(city, regions.name_of(code)) or code
    name = province + city or code
    return to_traditional(name) if language.startswith("zh-hant") else name


def region_names(codes: Iterable[str]) -> str:
    return _(", ").join(map(region_name, codes))


def region_choices() -> list[tuple[str, str]]:
    """Nationwide, online, and every region with a name, provinces before their cities."""
    return [(code, region_name(code)) for code in (NATIONWIDE, ONLINE, *names())]


def _in_letters(city: str, province: str) -> str:
    """Xi'an (Shaanxi); where a name is not Chinese, by its own."""
    name = city and (NOT_CHINESE.get(city) or pinyin.on_maps(city))
    return f"{name} ({province})" if name and province else name or province


@cache
def names() -> dict[str, str]:
    lines = (DATA / "regions.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if line and not line.startswith("#"))
