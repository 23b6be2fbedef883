"""Random steps with needs and offers: published for the chamber or a member, changed, paused, ended."""

from typing import Any

from django.apps import apps
from django.utils.timezone import localdate

from federation.matching.models import Profile
from federation.matching.searching import Wanted, search
from federation.registry.items import Item
from federation.registry.walking import Walk, World, walk
from tenants.exchange.models import Listing

UNDER = f"item:{Item.MATCHING}"
LISTINGS = 8
SHOWN = (Profile.Status.IN_REVIEW, Profile.Status.PUBLISHED)


def publish(world: World) -> None:
    """In other words each time. For a member only with its agreement; sometimes it is tried without."""
    listing, member = _listing(world), _some_member(world)
    listing.title, listing.text, listing.member = world.word(), world.word(), member
    listing.beneficiary = world.word() if member else ""
    has_agreed = member is None or world.has(f"member:{member.pk}")
    listing.member_agreed_on = localdate() if member and has_agreed else None
    listing.save()
    _end(world, listing)
    world.give(f"listing:{listing.pk}", under=UNDER)
    needs = [UNDER, f"listing:{listing.pk}", *([f"member:{member.pk}"] if member else [])]
    for word in filter(None, (listing.title, listing.text, listing.beneficiary)):
        world.send(word, *needs)
    listing.publish(federation=(world.federation.pk, world.federation.name), version=listing.version)


def pause(world: World) -> None:
    listing = _listing(world)
    _end(world, listing)
    listing.pause()


def end(world: World) -> None:
    listing = _listing(world)
    _end(world, listing)
    world.chance.choice([listing.withdraw, listing.fulfil])()


def seen(world: World) -> set[str]:
    """What the tables hold for showing, the words for a member wherever they stand, and what another chamber finds."""
    mine = Profile.objects.of(world.federation.pk).filter(chamber_id=world.chamber.pk)
    held = {word for row in mine.filter(status__in=SHOWN).values_list("title", "text") for word in row}
    held |= set(mine.exclude(status=Profile.Status.PAUSED).values_list("beneficiary", flat=True))
    found = (each for kind in Profile.Kind.values for each in search(chamber_id=world.other_id, wanted=Wanted(kind)))
    keys = set(map(str, mine.values_list("pk", flat=True)))
    return {word for word in held | {each.title for each in found if each.id in keys} if word}


def _end(world: World, listing: Listing) -> None:
    world.take(f"listing:{listing.pk}")


def _listing(world: World) -> Listing:
    """One of a few; a new one takes the place of one that has ended."""
    going = list(Listing.objects.exclude(status__in=["fulfilled", "withdrawn"]).order_by("pk"))
    if len(going) < LISTINGS:
        words: dict[str, Any] = {"title": world.word(), "category": "EXP.MACRO", "regions": ["610100"]}
        going.append(Listing.objects.create(kind=world.chance.choice(Listing.Kind.values), **words))
    chosen: Listing = world.chance.choice(going)
    return chosen


def _some_member(world: World) -> Any:
    members = list(apps.get_model("members", "Member").objects.order_by("name"))
    return world.chance.choice([None, *members])


walk(Walk("matching", [publish, publish, pause, end], seen))
