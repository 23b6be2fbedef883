"""Keeps what was chosen in a form that came back, so that nobody has to choose it again.

It lies in the storage without a row, as whatever a broken transaction left does, and the sweep takes it after a day.
The form carries a token for it: of this chamber, this person and this purpose.
"""

import io
import logging
import uuid
from dataclasses import dataclass
from typing import Any

from huiguan import links
from huiguan.actors import current_actor
from huiguan.files import storage
from huiguan.files.contents import Content
from huiguan.files.purposes import Kind
from huiguan.tenancy.binding import bound_chamber

log = logging.getLogger(__name__)
SECONDS = 12 * 3600  # sooner than the sweep takes it
FACTS = ("name", "content_type", "width", "height")


@dataclass(frozen=True)
class Parked:
    """What the form shows of it, and the token by which the next try takes it."""

    token: str
    name: str
    size: int


def park(content: Content) -> Parked | None:
    """None when the storage does not take it now: the form is shown all the same, and the file is chosen again."""
    chamber, key = bound_chamber(), storage.new_name()
    parts = {key: content.data, **({f"{key}-small": content.small} if content.small else {})}
    try:
        for name, data in parts.items():
            storage.write(chamber.pk, name, io.BytesIO(data))
    except Exception:  # each storage has its own
        log.exception("a chosen file could not be put aside", extra={"chamber": str(chamber.pk)})
        return None
    facts: dict[str, Any] = {name: getattr(content, name) for name in FACTS}
    facts |= {"kind": content.kind.value, "sums": _sums(content)}
    token = links.sign(f"parked.{content.purpose}", str(chamber.pk), key=key, by=_who(), **facts)
    return Parked(token, content.name, len(content.data))


def fetch(token: str, purpose: str) -> Content | None:
    """None when it is of somebody else, for something else, too old or gone: it has to be chosen again."""
    chamber = bound_chamber()
    try:
        told = links.read(f"parked.{purpose}", str(chamber.pk), token, seconds=SECONDS)
        if told["by"] != _who():
            return None
        data = _read(chamber.pk, told["key"])
        small = _read(chamber.pk, f"{told['key']}-small") if told["sums"][1] else b""
    except (links.BadLink, OSError):
        return None
    facts = {name: told[name] for name in FACTS}
    content = Content(purpose=purpose, kind=Kind(told["kind"]), data=data, small=small, **facts)
    return content if _sums(content) == told["sums"] else None


def _read(chamber_id: uuid.UUID, name: str) -> bytes:
    with storage.opened(chamber_id, name) as file:
        return file.read()


def _sums(content: Content) -> list[str]:
    return [content.sha256, content.small_sha256]


def _who() -> str:
    actor = current_actor()
    return str(actor.person_id or actor.name)
