"""The hours in which a chamber writes to nobody."""

import datetime

from django.utils.timezone import localtime


def end_of_quiet(at: datetime.datetime, begins: datetime.time, ends: datetime.time) -> datetime.datetime | None:
    """When the quiet hours that `at` falls into are over; None outside them. Equal times are no quiet hours."""
    here = localtime(at)
    if not _is_between(here.time(), begins, ends):
        return None
    day = here.date() + datetime.timedelta(days=1 if begins > ends and here.time() >= begins else 0)
    return datetime.datetime.combine(day, ends, tzinfo=here.tzinfo)


def _is_between(time: datetime.time, begins: datetime.time, ends: datetime.time) -> bool:
    """Over midnight too."""
    return begins <= time < ends if begins <= ends else time >= begins or time < ends
