"""What a page tells a person who waits for the worker: what it does, how far it is, or that nobody has begun."""

import datetime
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.progress import Progress, found
from tenants.members.models import RegisterImport

LATE = datetime.timedelta(seconds=15)
STEPS = {
    "opening": gettext_lazy("The file is being opened."),
    "reading": gettext_lazy("Row {done} of {of} is being read."),
    "keeping": gettext_lazy("Row {done} of {of} is being kept for you to check."),
    "applying": gettext_lazy("Member {done} of {of} is being imported."),
    "undoing": gettext_lazy("Member {done} of {of} is being taken back."),
    "finishing": gettext_lazy("It is about to be done."),
}
SPANS = {"reading": (0, 70), "keeping": (70, 100)}  # per cent of the whole, where a job has two steps


def told(source: RegisterImport) -> dict[str, Any]:
    """`percent` is None while nobody can tell; `note` is a warning."""
    progress = found(source.pk)
    if progress is None:
        return {"text": _("Waiting for its turn."), "percent": None, "note": _late(source)}
    text = str(STEPS.get(progress.step, _("The work has begun.")))
    return {"text": text.format(done=progress.done, of=progress.of), "percent": _percent(progress), "note": ""}


def _percent(progress: Progress) -> int | None:
    if not progress.of:
        return None
    begin, end = SPANS.get(progress.step, (0, 100))
    return round(begin + (end - begin) * progress.done / progress.of)


def _late(source: RegisterImport) -> str:
    if source.asked_at is None or now() - source.asked_at < LATE:
        return ""
    return _(
        "Nobody has begun yet: the program that does long work is busy or not running. Nothing is lost: the file is "
        "kept, and the work begins by itself as soon as the program is free. You can leave this page and come back."
    )
