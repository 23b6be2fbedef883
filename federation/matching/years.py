"""The calendar year of a page of statistics, from its address."""

from typing import Any

from django.utils.timezone import localdate

SHOWN = 5


def asked_year(request: Any) -> tuple[int, list[int]]:
    """The year, this one unless another is asked for, and those that can be asked for."""
    this_year = localdate().year
    years = list(range(this_year, this_year - SHOWN, -1))
    asked = request.GET.get("year", "")
    return (int(asked) if asked.isdecimal() and int(asked) in years else this_year), years
