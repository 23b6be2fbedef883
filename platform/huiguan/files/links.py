"""Links to a file for someone who does not sign in: good for one file of one chamber, until a moment."""

import datetime
import time
import uuid

from huiguan import links
from huiguan.files.models import KeptFile, address
from huiguan.links import BadLink
from huiguan.tenancy.binding import bound_chamber

LONGEST = datetime.timedelta(days=90)


def link_to(kept: KeptFile, *, life: datetime.timedelta) -> str:
    """The path on the chamber's hosts. Whoever has it can fetch the file while it lives."""
    if life > LONGEST:
        raise ValueError(life)
    ends_at = int(time.time() + life.total_seconds())
    token = links.sign("file", _here(), file=str(kept.pk), until=ends_at)
    return address("kept-file-link", token)


def file_in(token: str) -> uuid.UUID:
    """The key of the file that a link of this chamber leads to. Raises BadLink."""
    bound = links.read("file", _here(), token, seconds=int(LONGEST.total_seconds()))
    if bound["until"] < time.time():
        raise BadLink("ended")
    return uuid.UUID(bound["file"])


def _here() -> str:
    chamber = bound_chamber()
    return str(chamber.pk)
