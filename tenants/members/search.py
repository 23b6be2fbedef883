"""Finding members as secretaries type: part of a name, an abbreviation, pinyin, initials, a contact, an industry. [T10]

No extension is needed: a stored text of everything that can be searched, and one regular expression per word.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from opencc import OpenCC

from huiguan.actors import current_actor
from huiguan.personal import is_hidden, kind_of
from huiguan.pinyin import full, initials

NUMBER = re.compile(r"\+?[0-9][0-9-]{2,}")
HAN = re.compile(r"[\u3400-\u9fff]+")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def folded(text: str) -> str:
    """NFKC, Simplified, lower case, no spaces at the ends."""
    if text.isascii():
        return text.lower().strip()
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text))).lower().strip()


def search_text(parts: Iterable[str]) -> str:
    """What a member is found by: each part, and its pinyin in full and as initials."""
    return " ".join(_forms(part) for part in dict.fromkeys(folded(part) for part in parts if part))


def search(members: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Members that match every word."""
    for word in folded(words).split()[:6]:
        members = members.filter(_match(word) | _has_number(members.model, word))
    return members


def _forms(part: str) -> str:
    if not HAN.search(part):
        return part
    return f"{part} {full(part)} {initials(part)}"


def _has_number(model: Any, word: str) -> Q:
    """By the beginning or the end of a telephone of its people, for whoever may read it whole."""
    contacts = model._meta.get_field("contacts").related_model
    if not NUMBER.fullmatch(word) or is_hidden(kind_of(contacts, "phone"), current_actor()):
        return Q()
    found = contacts.objects.filter(Q(phone__contains=word) | Q(other_phone__contains=word))
    return Q(pk__in=found.order_by().values("member"))


def _match(word: str) -> Q:
    """Contained as it is; two to eight characters of Chinese also as an abbreviation: in this order within one name."""
    found = Q(search_text__contains=word)
    if re.fullmatch(r"[\u3400-\u9fff]{2,8}", word):
        found |= Q(search_text__regex=r"[^\s]*".join(word))
    return found
