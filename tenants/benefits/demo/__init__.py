"""Merchants, offers, cards for all members, and a year of uses in every chamber of the demo. All invented."""

import datetime
from typing import Any

from django.apps import apps
from django.utils.timezone import get_current_timezone, now

from huiguan import trail
from huiguan.demo.stage import Stage
from tenants.benefits.demo.words import CODE, LEAST, MERCHANTS, PEOPLE, Shop
from tenants.benefits.issuing import issue
from tenants.benefits.models import Card, CardRun, Merchant, Offer, Use

MOST_CARDS = 260
USED_A_YEAR = 1.1  # times a card, on average
BILLS = (88, 126, 168, 215, 260, 318, 388, 456, 520, 680, 860, 1280)  # yuan


def load_demo(stage: Stage) -> None:
    """By the verbs that people use; the uses all at once."""
    for number, slug in enumerate(stage.chambers):
        with stage.working(slug):
            if Merchant.objects.exists():
                continue
            offers = _partners(stage, number)
            cards = _cards(stage)
            _uses(stage, cards, offers)


def _partners(stage: Stage, number: int) -> list[Offer]:
    """The chamber that comes first has all of them."""
    shops = MERCHANTS if number < 2 else stage.chance.sample(MERCHANTS, 7)
    members = list(apps.get_model("members", "Member").objects.active()[:40])
    return [offer for at, shop in enumerate(shops) for offer in _partner(stage, shop, at, members)]


def _partner(stage: Stage, shop: Shop, at: int, members: list[Any]) -> list[Offer]:
    merchant = Merchant(
        name=shop.name,
        category=shop.category,
        about=shop.about,
        region=shop.region,
        address=shop.address,
        phone=f"029-0000{stage.chance.randrange(1000, 9999)}",
        contact_name=stage.chance.choice(PEOPLE),
        agreed_on=stage.days_ago(300 + 9 * at),
        agreed_until=stage.today + datetime.timedelta(days=18 + 60 * at) if at % 3 == 0 else None,
        member=stage.chance.choice(members) if members and at % 4 == 1 else None,
    )
    if at == 0:
        merchant.code = CODE
    merchant.save()
    return [_offer(merchant, stage, *said) for said in shop.offers]


def _offer(merchant: Merchant, stage: Stage, title: str, saving: str, value: int, terms: str) -> Offer:
    """`value` is per cent, or yuan."""
    made = Offer(merchant=merchant, title=title, saving=saving, terms=terms, starts_on=stage.days_ago(290))
    if saving == Offer.Saving.PERCENT:
        made.percent = value
    elif value:
        made.amount_fen = 100 * value
    if saving == Offer.Saving.GIFT and value:
        made.limit_per_card, made.limit_per = 1, Offer.Per.YEAR
    made.least_fen = LEAST.get(title)
    made.save()
    return made


def _cards(stage: Stage) -> list[Card]:
    """A card for every member in good standing, two for people of the first ones, one that was lost."""
    run = CardRun(valid_until=datetime.date(stage.today.year, 12, 31))
    run.save()
    run.carry_out()
    run.done_at = now()
    run.save()
    first = datetime.date(stage.today.year, 1, 12)
    cards = list(Card.objects.filter(run=run).select_related("member").order_by("number"))
    Card.objects.filter(run=run).update(issued_on=min(first, stage.today))
    for card in cards[:2]:
        issue(Card(member=card.member, holder=stage.chance.choice(PEOPLE), valid_until=run.valid_until))
    if len(cards) > 8:
        cards[7].replace()
        cards[8].suspend(reason="企业正在办理股权变更，暂停使用")
    return cards[:6] + cards[9:MOST_CARDS]


def _uses(stage: Stage, cards: list[Card], offers: list[Offer]) -> None:
    since = max(stage.days_ago(300), datetime.date(stage.today.year, 1, 12))
    days = max(1, (stage.today - since).days)
    number = round(USED_A_YEAR * len(cards) * days / 365)
    weights = [1 / (1 + at % 7) for at in range(len(offers))]
    uses = [_use(stage, since, days, cards, stage.chance.choices(offers, weights)[0]) for _number in range(number)]
    trail.take_turn()
    Use.objects.bulk_create(sorted(uses, key=lambda use: use.at))


def _use(stage: Stage, since: datetime.date, days: int, cards: list[Card], offer: Offer) -> Use:
    day = since + datetime.timedelta(days=min(days - 1, int(stage.chance.triangular(0, days, days))))
    hour = datetime.time(stage.chance.randrange(9, 21), stage.chance.randrange(60))
    at = datetime.datetime.combine(day, hour, get_current_timezone())
    yuan = max(stage.chance.choice(BILLS), (offer.least_fen or 0) // 100)
    bill = None if offer.saving == Offer.Saving.GIFT else 100 * yuan
    card = cards[min(len(cards) - 1, int(stage.chance.expovariate(1 / (len(cards) / 4))))]
    saved = offer.saved_on(bill)
    return Use(card=card, offer=offer, at=at, bill_fen=bill, saved_fen=saved, counted_by=offer.merchant.name)
