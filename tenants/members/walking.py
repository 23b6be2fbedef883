"""Random steps of a member: its consent to needs and offers in a federation, given and withdrawn. [PIPL 23]"""

from federation.registry.walking import Walk, World, walk
from tenants.members.models import Consent, Member

FIRMS = 4


def agree_or_withdraw(world: World) -> None:
    """Whoever withdraws takes back what was published for it."""
    member = _member(world)
    purpose = Consent.Purpose.MATCHING
    standing = Consent.objects.filter(member=member, purpose=purpose, withdrawn_on=None).first()
    if standing:
        standing.withdraw()
        world.take(f"member:{member.pk}")
    else:
        Consent.objects.create(member=member, purpose=purpose, given_by="负责人", evidence="电话")
        world.give(f"member:{member.pk}")


def nothing(world: World) -> set[str]:
    """What is published for a member is the exchange's."""
    return set()


def _member(world: World) -> Member:
    name = f"会员企业{world.chance.randrange(FIRMS)}号"
    found: Member = Member.objects.get_or_create(name=name)[0]
    return found


walk(Walk("members", [agree_or_withdraw], nothing))
