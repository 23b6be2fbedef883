"""Cards are issued one by one, again for a lost one, or for all members in good standing at once."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan import trail
from huiguan.actors import current_actor
from huiguan.papers.numbers import next_numbers
from huiguan.progress import report
from huiguan.together import suspended
from tenants.benefits.models import Card, CardRun
from tenants.benefits.models.cards import SERIES

CHUNK = 500


@transaction.atomic
def issue(card: Card) -> Card:
    """Give a new card its number. Raises ValidationError when the member is not in good standing."""
    current_actor().require("benefits.issue")
    trail.take_turn()
    if card.member.status != "active":
        raise ValidationError(_("The holder is no longer a member of this chamber."))
    if card.member_id in suspended([card.member_id]):
        raise ValidationError(_("The services of this member are suspended for now."))
    _number([card])
    card.save(verb="issued")
    return card


def replacement(card: Card) -> Card:
    """Called by the move."""
    new = Card(member=card.member, holder=card.holder, valid_until=card.valid_until)
    _number([new])
    new.save(verb="issued", facts={"replaces": str(card)})
    return new


def issue_for_all(run: CardRun) -> None:
    """A card for every member that has none; the others' last day is moved to that of the run."""
    from tenants.benefits.telling import tell

    current_actor().require("benefits.issue")
    members = list(in_good_standing(run).values_list("pk", flat=True))
    out = suspended()
    keys = [key for key in members if key not in out]
    trail.take_turn()
    for number, some in enumerate(_chunks(keys)):
        report("issuing", number * CHUNK, len(keys))
        run.renewed += _renew(some, run)
        run.issued += _issue(some, run)
    run.left_out = len(members) - len(keys)
    run.told_number = tell(run, keys) if run.tells else 0


def in_good_standing(run: CardRun) -> Any:
    """Active members, of the run's segment when it has one; who gets no services is left out later, with the reason."""
    everybody = run.segment.members() if run.segment else apps.get_model("members", "Member").objects.all()
    return everybody.filter(status="active").order_by("sort_key", "pk")


def _renew(keys: list[UUID], run: CardRun) -> int:
    """Cards of the members themselves and of their people."""
    live = Card.objects.live().filter(member__in=keys, valid_until__lt=run.valid_until)
    return int(live.update(valid_until=run.valid_until, run=run))


def _issue(keys: list[UUID], run: CardRun) -> int:
    have = set(Card.objects.live().filter(member__in=keys, holder="").values_list("member", flat=True))
    new = [Card(member_id=key, valid_until=run.valid_until, run=run) for key in keys if key not in have]
    _number(new)
    Card.objects.bulk_create(new)
    return len(new)


def _number(cards: list[Card]) -> None:
    """In the order they stand, without a gap, in the running transaction."""
    if not cards:
        return
    today, by = localdate(), current_actor().name[:120]
    for card, number in zip(cards, next_numbers(SERIES, today.year, len(cards)), strict=True):
        card.year, card.number, card.issued_on, card.issued_by = today.year, number, today, by


def _chunks(keys: list[UUID]) -> Iterator[list[UUID]]:
    return (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK))


def usable_cards(run: CardRun) -> Iterable[Card]:
    """What a run prints, in the order of the members."""
    found = Card.objects.usable().exclude(member__in=suspended()).select_related("member")
    if run.of_run_id:
        found = found.filter(run=run.of_run_id)
    if run.segment:
        found = found.filter(member__in=run.segment.members().order_by().values("pk"))
    return list(found.order_by("member__sort_key", "member", "holder", "pk"))
