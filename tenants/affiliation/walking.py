"""Random steps of a chamber with its federation: items accepted and taken back, leaving and joining, its entry."""

from django.core.exceptions import ValidationError

from federation.registry import queries
from federation.registry.actions import invite_chamber
from federation.registry.items import Item
from federation.registry.models import Profile
from federation.registry.walking import Walk, World, walk
from tenants.affiliation import actions
from tenants.affiliation.models import Affiliation, Entry

LEAVING = 0.15
ENTRY, UNDER = "entry", f"item:{Item.DIRECTORY}"


def accept_or_take_back(world: World) -> None:
    """One item; what was accepted before it stays."""
    affiliation, item = _affiliation(world), world.chance.choice(list(Item))
    items = {Item(kept) for kept in affiliation.items} ^ {item}
    affiliation.change_items(items=items, version=affiliation.version)
    _accepted(world, items)


def leave_or_join_again(world: World) -> None:
    """It leaves seldom: much ends with it. Coming back, it chooses anew."""
    standing = Affiliation.objects.current().filter(federation_id=world.federation.pk).first()
    if standing:
        if world.chance.random() < LEAVING:
            standing.leave()
            _accepted(world, set())
        return
    invited = invite_chamber(federation_id=world.federation.pk, slug=world.chamber.slug)
    invitation = queries.invitation(chamber_id=world.chamber.pk, pk=invited.pk)
    assert invitation is not None
    actions.join(invitation=invitation, items=list(Item), version=1)
    _accepted(world, set(Item))


def publish_entry(world: World) -> None:
    """Each time in other words, with a contact who agreed, or did not and must not stand in it."""
    entry = Entry.objects.get_or_create(affiliation=_affiliation(world))[0]
    entry.introduction, entry.contact_name = world.word(), world.chance.choice(["", world.word()])
    entry.contact_agreed = world.chance.choice([True, False])
    world.take(ENTRY)
    world.give(ENTRY, under=UNDER)
    world.send(entry.introduction, UNDER, ENTRY)
    if entry.contact_agreed:
        world.send(entry.contact_name, UNDER, ENTRY)
    entry.full_clean(validate_unique=False)
    entry.save()
    entry.publish()


def take_entry_back(world: World) -> None:
    Entry.objects.get(affiliation=_affiliation(world)).withdraw() if _has_entry(world) else None
    world.take(ENTRY)


def seen(world: World) -> set[str]:
    """Held, whether it is shown or not."""
    mine = Profile.objects.filter(federation_id=world.federation.pk, membership__chamber_id=world.chamber.pk)
    return {word for row in mine.values_list("introduction", "contact_name") for word in row if word}


def _affiliation(world: World) -> Affiliation:
    """Raises ValidationError while it is no member."""
    found = Affiliation.objects.current().filter(federation_id=world.federation.pk).first()
    if found is None:
        raise ValidationError("not a member now")
    affiliation: Affiliation = found
    return affiliation


def _has_entry(world: World) -> bool:
    return bool(Entry.objects.filter(affiliation=_affiliation(world)).exists())


def _accepted(world: World, items: set[Item]) -> None:
    for item in Item:
        name = f"item:{item}"
        if item not in items:
            world.take(name)
        elif not world.has(name):
            world.give(name)


walk(Walk("directory", [accept_or_take_back, leave_or_join_again, publish_entry, take_entry_back], seen))
