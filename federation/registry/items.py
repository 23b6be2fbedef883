"""The items of the sharing agreement: each is accepted or not by each chamber, and opens one way out of its schema."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _


class Item(models.TextChoices):
    """What a chamber may agree to share with a federation, one by one. [F1]"""

    DIRECTORY = "directory", _("Directory")
    LIAISON = "liaison", _("Liaison meetings")
    MATCHING = "matching", _("Matching")
    DATA_CALLS = "data_calls", _("Notices and data calls")
    BENCHMARKING = "benchmarking", _("Benchmarking")


def known(items: Iterable[str]) -> list[str]:
    """Those that exist, each once, in the agreement's order."""
    given = set(items)
    return [item.value for item in Item if item.value in given]


def labels(items: Iterable[str]) -> list[str]:
    return [str(Item(item).label) for item in known(items)]
