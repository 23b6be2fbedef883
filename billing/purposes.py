"""What chambers are paid for online: each purpose is told the whole state of a payment, and brings its books to it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Returned:
    """Money that went back. `status` is "pending", "done" or "failed"; a failed one may have been done before."""

    id: UUID
    fen: int
    status: str
    kind: str
    reason: str
    on: datetime.date


@dataclass(frozen=True)
class Collected:
    """A payment as the service has it now. `method` is "card", "alipay" or "wechat_pay", empty until it is known.

    `status` is "open", "processing", "paid", "failed" or "expired"; `dispute` is the service's word, empty without one.
    """

    id: UUID
    key: str
    status: str
    fen: int
    fee_fen: int
    method: str
    paid_on: datetime.date | None
    reference: str
    dispute: str
    returned: tuple[Returned, ...]


Follow = Callable[[Collected], None]
_purposes: dict[str, Follow] = {}


def register_purpose(name: str, follow: Follow) -> None:
    """Said by a folder when it is ready. `follow` is called in the chamber, as the system, once for each news and
    perhaps again: what it does for one state it must do once.
    """
    _purposes[name] = follow


def follower(name: str) -> Follow | None:
    """None for a purpose whose folder is gone; its payments wait until it is back."""
    return _purposes.get(name)
