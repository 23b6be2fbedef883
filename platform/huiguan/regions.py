"""The names of provinces by the first two digits of GB/T 2260; a city's own code is shown as its province."""

from django.utils.translation import pgettext_lazy as _in

PROVINCES = {
    "11": _in("province", "Beijing"),
    "12": _in("province", "Tianjin"),
    "13": _in("province", "Hebei"),
    "14": _in("province", "Shanxi"),
    "15": _in("province", "Inner Mongolia"),
    "21": _in("province", "Liaoning"),
    "22": _in("province", "Jilin"),
    "23": _in("province", "Heilongjiang"),
    "31": _in("province", "Shanghai"),
    "32": _in("province", "Jiangsu"),
    "33": _in("province", "Zhejiang"),
    "34": _in("province", "Anhui"),
    "35": _in("province", "Fujian"),
    "36": _in("province", "Jiangxi"),
    "37": _in("province", "Shandong"),
    "41": _in("province", "Henan"),
    "42": _in("province", "Hubei"),
    "43": _in("province", "Hunan"),
    "44": _in("province", "Guangdong"),
    "45": _in("province", "Guangxi"),
    "46": _in("province", "Hainan"),
    "50": _in("province", "Chongqing"),
    "51": _in("province", "Sichuan"),
    "52": _in("province", "Guizhou"),
    "53": _in("province", "Yunnan"),
    "54": _in("province", "Tibet"),
    "61": _in("province", "Shaanxi"),
    "62": _in("province", "Gansu"),
    "63": _in("province", "Qinghai"),
    "64": _in("province", "Ningxia"),
    "65": _in("province", "Xinjiang"),
    "71": _in("province", "Taiwan"),
    "81": _in("province", "Hong Kong"),
    "82": _in("province", "Macao"),
}


def name_of(code: str) -> str:
    """`430700` is Hunan; an empty or unknown code is an empty text."""
    return str(PROVINCES.get(code[:2], ""))


def choices() -> list[tuple[str, object]]:
    """Every province with its six digits, for a form; the first leaves it open."""
    return [("", "—"), *((f"{code}0000", name) for code, name in PROVINCES.items())]
