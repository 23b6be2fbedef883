"""How long something is kept, as a folder declares it: carried out every night, and told to the chamber. [PIPL 19]"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Retention:
    """`over` gives the rows whose time began before a day; `months` after it they are removed.

    `months` may be asked of the chamber's own settings. `remove` replaces plain deletion and returns how many went.
    """

    name: str
    label: Text
    why: Text
    months: int | Callable[[], int]
    over: Callable[[datetime.date], QuerySet[Any]]
    remove: Callable[[QuerySet[Any]], int] | None = None

    def months_now(self) -> int:
        return self.months() if callable(self.months) else self.months
