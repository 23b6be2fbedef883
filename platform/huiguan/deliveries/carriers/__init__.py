"""Who carries a message out of the house, and the ways in which that ends."""

import uuid
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """All that a carrier is told: it works without the database, while no transaction is open."""

    id: uuid.UUID
    channel: str
    name: str
    address: str
    subject: str
    text: str
    sender_name: str = ""
    reply_to: str = ""
    opt_out_url: str = ""
    calendar: str = ""
    template_code: str = ""
    signature: str = ""
    parameters: dict[str, str] = field(default_factory=dict)
    robot: str = ""
    robot_secret: str = ""


class Later(Exception):
    """It was not sent; another attempt may succeed. The words are for the chamber."""


class Down(Later):
    """The provider cannot be reached at all: whatever else waits for this channel need not be tried now."""


class Never(Exception):
    """It was not sent, and trying the same again cannot help."""


class Unsure(Exception):
    """It may have been sent: trying again by ourselves could send it twice."""


class Carrier(Protocol):
    """`leaves` is False for one that only shows; `may_repeat` where a message that came twice does little harm."""

    leaves: bool
    may_repeat: bool

    def carry(self, letter: Letter) -> str:
        """Send it, and return the provider's number for it. Raises Later, Down, Never or Unsure."""
        ...
