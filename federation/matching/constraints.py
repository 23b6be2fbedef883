"""The hard limits: what can never be a match, whatever its score. Each refusal keeps its reason for "why not"."""

from collections.abc import Callable
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from federation.matching import regions, taxonomy
from federation.matching.profiles import OPEN, Need, Offer, hours_left, is_urgent


class Reason(TextChoices):
    """Why an offer cannot answer a need; the values are those of the labelled sets."""

    OWN_CHAMBER = "own_chamber", _("It is your own chamber's")
    NOT_OPEN = "not_open", _("It is no longer open")
    NOT_VISIBLE = "not_visible", _("It is not published to your chamber")
    WINDOW = "window", _("The dates do not fit")
    REGION = "region", _("It is not available in the region")
    CAPACITY = "capacity", _("It is too small")
    BUDGET = "budget", _("It costs more than the budget")
    LEAD_TIME = "lead_time", _("It needs more notice than there is time")


def refusals(need: Need, offer: Offer, *, on: date) -> list[Reason]:
    """Every limit that this pair breaks on that day; empty if it may be shown."""
    return [reason for reason, breaks in LIMITS.items() if breaks(need, offer, on)]


def fits(need: Need, offer: Offer, *, on: date) -> bool:
    """Whether the pair breaks no limit; stops at the first that it breaks."""
    for breaks in LIMITS.values():  # noqa: SIM110  # asked hundreds of times for each list: a generator costs as much again
        if breaks(need, offer, on):
            return False
    return True


def _is_own(need: Need, offer: Offer, on: date) -> bool:
    return need.chamber == offer.chamber


def _is_not_open(need: Need, offer: Offer, on: date) -> bool:
    """On either side: nobody is led to a need that is over, nor to an offer that is."""
    is_over = any(one.ends_on < on or one.expires_on < on for one in (need, offer))
    return is_over or offer.slots < 1 or not need.status == offer.status == OPEN


def _is_not_visible(need: Need, offer: Offer, on: date) -> bool:
    """To either side: a need may be published to some chambers only, and so may an offer."""
    unseen_offer = offer.visible_to is not None and need.chamber not in offer.visible_to
    return unseen_offer or (need.visible_to is not None and offer.chamber not in need.visible_to)


def _misses_the_window(need: Need, offer: Offer, on: date) -> bool:
    """Keyed on what is offered: a need's category may be missing or wrong."""
    if taxonomy.needs_whole_window(offer.category):
        return not (offer.starts_on <= need.starts_on and need.ends_on <= offer.ends_on)
    return offer.starts_on > need.ends_on or offer.ends_on < need.starts_on


def _is_elsewhere(need: Need, offer: Offer, on: date) -> bool:
    return need.region_hard and not regions.serves_there(need.region, offer.regions)


def _is_too_small(need: Need, offer: Offer, on: date) -> bool:
    """Whenever the units are equal, whatever the categories say."""
    if need.quantity is None or offer.capacity is None or need.unit != offer.unit:
        return False
    return offer.capacity < need.quantity


def _is_too_dear(need: Need, offer: Offer, on: date) -> bool:
    return need.budget is not None and need.budget < offer.price


def _comes_too_late(need: Need, offer: Offer, on: date) -> bool:
    """For urgent needs alone: others can be planned for."""
    return is_urgent(need, on=on) and offer.lead_time_hours > hours_left(need, on=on)


LIMITS: dict[Reason, Callable[[Need, Offer, date], bool]] = {
    Reason.OWN_CHAMBER: _is_own,
    Reason.NOT_OPEN: _is_not_open,
    Reason.NOT_VISIBLE: _is_not_visible,
    Reason.WINDOW: _misses_the_window,
    Reason.REGION: _is_elsewhere,
    Reason.CAPACITY: _is_too_small,
    Reason.BUDGET: _is_too_dear,
    Reason.LEAD_TIME: _comes_too_late,
}
