"""What quantities are counted in."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from huiguan.kit.formats import number


class Unit(TextChoices):
    SEAT = "seat", pgettext_lazy("unit", "seats")
    PERSON = "person", pgettext_lazy("unit", "people")
    SET = "set", pgettext_lazy("unit", "sets")
    UNIT = "unit", pgettext_lazy("unit", "pieces")
    ROOM = "room", pgettext_lazy("unit", "rooms")
    SQUARE_METRE = "sqm", pgettext_lazy("unit", "square metres")
    MU = "mu", pgettext_lazy("unit", "mu of land")
    YUAN = "CNY", pgettext_lazy("unit", "yuan")


def amount_label(quantity: Decimal | None, unit: str) -> str:
    """How much, as people write it: 2,000 seats; nothing when it is not said."""
    return f"{number(quantity)} {unit_label(unit)}" if quantity is not None else ""


def unit_label(unit: str) -> str:
    """A unit the house does not know is shown as it is."""
    return str(Unit(unit).label) if unit in Unit.values else unit
