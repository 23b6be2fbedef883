"""The federation of the demonstration: the native-place chambers of Hunan in Shaanxi, who meet. [001]"""

from federation.registry.actions import invite_chamber, open_federation
from federation.registry.models import SharingAgreement
from huiguan.accounts.actions import appoint
from huiguan.accounts.models import Person
from huiguan.actors import SYSTEM, acting_as
from huiguan.demo.people import FEDERATION_NAME, FEDERATION_SLUG, PEOPLE
from huiguan.demo.stage import Stage

DAYS = 430  # since it was founded
DESCRIPTION = (
    "在陕西的湘籍商会以联席会议的形式走到一起：增进湘情、凝聚共识、助力发展。"
    "秘书长每季度轮流到一家商会开会，交流秘书处工作，共享资源，抱团发展。"
)
MESSAGE = "诚邀贵会加入在陕湘籍商会联席会议。请逐条阅读共享协议，按需接受；不接受的内容不会离开贵会。"


def load_demo(stage: Stage) -> None:
    """Founds the federation, appoints its people, and invites every chamber; how each answers is its own story."""
    with acting_as(SYSTEM):
        lead = stage.chambers["sxhunan"].pk
        federation = open_federation(
            name=FEDERATION_NAME,
            slug=FEDERATION_SLUG,
            short_name="在陕湘商联席",
            description=DESCRIPTION,
            lead_chamber_id=lead,
        )
        SharingAgreement.objects.filter(federation=federation).update(issued_on=stage.days_ago(DAYS))
        for one in PEOPLE:
            if one.place == FEDERATION_SLUG:
                appoint(person=Person.objects.get(email=one.email), role=one.role, federation_id=federation.pk)
    stage.federation_id = federation.pk
    with stage.coordinating():
        for chamber in stage.chambers.values():
            invite_chamber(federation_id=federation.pk, slug=chamber.slug, message=MESSAGE)
