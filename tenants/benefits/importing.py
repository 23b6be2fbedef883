"""Merchants and offers from a list: first seen as they would be, then entered all or none. [T11]"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.limits import run_limited
from tenants.benefits.models import Merchant, MerchantList, Offer
from tenants.benefits.models.merchants import Category

TELLING = {
    Category.DINING: ("餐", "酒楼", "饭", "菜", "火锅", "饮"),
    Category.HOTEL: ("宾馆", "酒店", "民宿", "住宿"),
    Category.HEALTH: ("医", "口腔", "诊", "体检", "药", "健康"),
    Category.CAR: ("汽车", "车"),
    Category.FINANCE: ("银行", "保险", "金融"),
    Category.LEGAL: ("律师", "法律", "财税", "会计", "代账"),
    Category.PRINTING: ("印", "广告", "图文"),
    Category.LOGISTICS: ("物流", "货运", "运输", "快递"),
    Category.TRAINING: ("培训", "教育"),
    Category.LEISURE: ("旅", "影", "健身", "文化", "娱乐", "景"),
    Category.SHOPPING: ("超市", "商场", "百货", "购物", "店", "行"),
}


@dataclass(frozen=True)
class Seen:
    """A row with what would become of it; `problem` says why nothing will."""

    row: int
    merchant: Merchant
    offer: Offer | None
    problem: str = ""


def read(content: bytes, *, filename: str) -> list[dict[str, Any]]:
    """Raises Refused, TooMuch, and ValidationError where no column names merchants."""
    rows: list[dict[str, Any]] = run_limited("tenants.benefits.roster:rows_of", content, filename=filename)
    if not rows:
        raise ValidationError(_("No column is headed “商户名称”, beside the offer, the telephone or the address."))
    return rows


def seen(rows: Sequence[dict[str, Any]]) -> list[Seen]:
    """One merchant may have several rows: each is an offer of it."""
    known = set(Merchant.objects.values_list("name", flat=True))
    made: dict[str, Merchant] = {}
    return [_seen(row, known, made) for row in rows]


@transaction.atomic
def enter(rows: Sequence[dict[str, Any]], *, filename: str) -> MerchantList:
    """What was entered, and can be undone. Rows with a problem are left out, as the preview said."""
    current_actor().require("benefits.change")
    trail.take_turn()
    good = [each for each in seen(rows) if not each.problem]
    merchants = list({each.merchant.pk: each.merchant for each in good}.values())
    offers = [each.offer for each in good if each.offer]
    for each in (*merchants, *offers):
        each.full_clean(exclude=["merchant"])
    by = current_actor().name[:120]
    entered = MerchantList(filename=filename[-120:], merchants=len(merchants), offers=len(offers), entered_by=by)
    if merchants:
        entered.save()
    for each in merchants:
        each.came_by = entered
    Merchant.objects.bulk_create(merchants)
    Offer.objects.bulk_create(offers)
    return entered


def _seen(row: dict[str, Any], known: set[str], made: dict[str, Merchant]) -> Seen:
    name = row.get("name", "")[:80]
    merchant = made.get(name) or _merchant(row, name)
    if not name:
        return Seen(row["row"], merchant, None, _("The name is missing."))
    if name in known:
        return Seen(row["row"], merchant, None, _("There is a merchant of this name already."))
    made[name] = merchant
    return Seen(row["row"], merchant, _offer(row, merchant))


def _merchant(row: dict[str, Any], name: str) -> Merchant:
    limits = {"region": 40, "address": 200, "phone": 40, "contact_name": 40}
    said = {field: row.get(field, "")[:most] for field, most in limits.items()}
    return Merchant(name=name, category=_category(row.get("category", ""), name), **said)


def _category(said: str, name: str) -> str:
    """As it is written, or as the words of the category and the name tell."""
    for text in (said, name):
        for category in Category:
            if text and (text == str(category.label) or any(word in text for word in TELLING.get(category, ()))):
                return category.value
    return Category.OTHER.value


def _offer(row: dict[str, Any], merchant: Merchant) -> Offer | None:
    title = row.get("title", "")
    if not title:
        return None
    made = Offer(merchant=merchant, title=title[:60], terms=row.get("terms", "")[:1000], saving=row["saving"])
    made.percent = row.get("percent")
    made.amount_fen = 100 * row["off"] if row.get("off") else None
    made.least_fen = 100 * row["least"] if row.get("least") else None
    return made
