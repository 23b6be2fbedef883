"""What quantities are counted in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    SEAT = "seat", _("seats")
    PERSON = "person", _("people")
    SET = "set", _("sets")
    UNIT = "unit", _("pieces")
    ROOM = "room", _("rooms")
    SQUARE_METRE = "sqm", _("square metres")
    MU = "mu", _("mu of land")
    YUAN = "CNY", _("yuan")


def unit_label(unit: str) -> str:
    """A unit the house does not know is shown as it is."""
    return str(Unit(unit).label) if unit in Unit.values else unit
