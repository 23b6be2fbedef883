"""What the demo's secretariats know of their members: researched profiles, contacts of a year, plans for the week."""

import datetime
import random

from django.http import QueryDict
from django.utils.timezone import localdate

from huiguan.actors import current_actor
from huiguan.demo.stage import Stage
from tenants.members import standings
from tenants.members.demo import words
from tenants.members.models import Contact, Member, Relation, Segment, Touch

RESEARCHED = ["business_scope", "products", "headcount", "revenue", "departments", "interests", "needs", "offers"]
WELL_KNOWN, LITTLE_KNOWN = 0.35, 0.45  # share of the members of whom much, and some, is known
SPOKEN_WITH = 0.94


def know_members(slug: str, stage: Stage) -> None:
    """The same for every load; a chamber without notes shows how it looks to begin."""
    chance, members = random.Random(slug), list(Member.objects.active())
    _research(members, chance)
    _speak(members, stage, chance)
    _plan(members, stage)
    for member in members[:40:2]:
        member.confirm()
    _relate(members)
    for name, query in words.SEGMENTS:
        segment = Segment(name=name, owner=current_actor().name, owner_id=current_actor().person_id)
        segment.keep(QueryDict(query))
        segment.save()
    standings.keep(Member.objects.values_list("pk", flat=True))


def _relate(members: list[Member]) -> None:
    """A couple with two firms, and partners; one person who stands for two members."""
    couple, partners = members[2:4], members[5:7]
    Relation.objects.create(member=couple[0], contact=couple[0].contacts.first(), other=couple[1])
    Relation.objects.create(member=partners[0], kind="partner", other=partners[1], note="合伙经营一家门店")
    person = members[8].contacts.first()
    if person is not None:
        Contact.objects.create(member=members[20], name=person.name, phone=person.phone, role="监事", order=9)


def _research(members: list[Member], chance: random.Random) -> None:
    """Much of some, a little of others, nothing of the rest."""
    for member in members:
        kind = chance.random()
        names = RESEARCHED if kind < WELL_KNOWN else chance.sample(RESEARCHED, 3)
        if kind < WELL_KNOWN + LITTLE_KNOWN:
            _fill(member, names, chance)
    Member.objects.bulk_update(members, RESEARCHED, batch_size=200)


def _fill(member: Member, names: list[str], chance: random.Random) -> None:
    trade = member.industry or "商贸"
    known = {
        "business_scope": chance.choice(words.SCOPES).format(trade=trade),
        "products": member.products or chance.choice(words.PRODUCTS).format(trade=trade),
        "headcount": chance.choice([1, 2, 2, 2, 3, 4]),
        "revenue": chance.choice([1, 1, 2, 2, 3, 4]),
        "departments": chance.sample(words.DEPARTMENTS, chance.choice([1, 2, 3])),
        "interests": "、".join(chance.sample(words.INTERESTS, 2)),
        "needs": chance.choice(words.NEEDS),
        "offers": chance.choice(words.OFFERS),
    }
    for name in names:
        setattr(member, name, known[name])


def _speak(members: list[Member], stage: Stage, chance: random.Random) -> None:
    """The first note is older than a year, so that silence says something; nearly all were spoken with since."""
    actor = current_actor()
    spoken = [members[0], *(member for member in members if chance.random() < SPOKEN_WITH)]
    made = []
    for number, member in enumerate(spoken):
        kind, mood, said = words.TALKS[chance.choice(words.HOW_OFTEN)]
        on = stage.days_ago(420 if not number else chance.randrange(2, 270))
        made.append(Touch(member=member, kind=kind, mood=mood, said=said, on=on, status=Touch.Status.MADE))
        made[-1].by, made[-1].by_id = actor.name, actor.person_id
    Touch.objects.bulk_create(made)


def _plan(members: list[Member], stage: Stage) -> None:
    """One for tomorrow, one for later in the week; one that is late, as things go."""
    for days, member, (kind, said) in zip((1, 4, 6), members[10:40:10], words.PLANS, strict=True):
        touch = Touch(member=member, on=stage.today + datetime.timedelta(days=days), kind=kind, said=said)
        touch.note()
    late = Touch.objects.filter(status=Touch.Status.PLANNED).latest("on")
    late.on = localdate() - datetime.timedelta(days=2)
    late.save()
