"""The federation of the demonstration: the native-place chambers of Hunan in Shaanxi, whose secretaries-general meet. [001]"""

import uuid
from collections.abc import Iterable
from typing import Any

from federation.registry.actions import invite_chamber, open_federation
from federation.registry.models import Federation
from huiguan.actors import SYSTEM, Actor, acting_as

NAME, SLUG, SHORT_NAME = "在陕湘籍商会联席会议", "hunan", "在陕湘商联席"
DESCRIPTION = (
    "在陕西的湘籍商会以联席会议的形式走到一起：增进湘情、凝聚共识、助力发展。"
    "秘书长每季度轮流到一家商会开会，交流秘书处工作，共享资源，抱团发展。"
)
CHAMBERS = {
    "hunan-sx": ("陕西省湖南商会", "湖南", "430000", "610000"),
    "changde": ("西安市常德商会", "常德", "430700", "610100"),
    "shaoyang": ("陕西省邵阳商会", "邵阳", "430500", "610000"),
    "hengyang": ("陕西省衡阳商会", "衡阳", "430400", "610000"),
    "chenzhou": ("陕西省郴州商会", "郴州", "431000", "610000"),
    "yueyang": ("陕西省岳阳商会", "岳阳", "430600", "610000"),
    "yongzhou": ("陕西省永州商会", "永州", "431100", "610000"),
    "xiangtan": ("西安市湘潭商会", "湘潭", "430300", "610100"),
}
MESSAGE = "诚邀贵会加入在陕湘籍商会联席会议。请逐条阅读共享协议，按需接受；不接受的内容不会离开贵会。"


def load_demo(*, coordinator: Any = None, lead_chamber_id: uuid.UUID | None = None) -> Federation:
    """Opens the federation. Call it on the site, once; then `invite_all`."""
    with acting_as(SYSTEM):
        return open_federation(
            name=NAME,
            slug=SLUG,
            short_name=SHORT_NAME,
            description=DESCRIPTION,
            lead_chamber_id=lead_chamber_id,
            coordinator=coordinator,
        )


def invite_all(federation: Federation, slugs: Iterable[str] = tuple(CHAMBERS)) -> None:
    """Invites the chambers at these addresses. Each accepts by `tenants.affiliation.demo.load_demo`."""
    with acting_as(Actor("连若谷", permissions=SYSTEM.permissions, federation_id=federation.pk)):
        for slug in slugs:
            invite_chamber(federation_id=federation.pk, slug=slug, message=MESSAGE)
