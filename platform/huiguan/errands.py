"""Long work that a person asks for and the worker does, all of it or nothing; a row says what, a page how far it is."""

import datetime
import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from celery import Task
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, models, transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from huiguan.accounts.standing import standing_of
from huiguan.actors import Actor, acting_as, current_actor
from huiguan.limits import TooMuch
from huiguan.progress import FRESH_SECONDS, Progress, first_in_a_while, found, kept, report
from huiguan.records import Record
from huiguan.spreadsheets.problems import Refused
from huiguan.states import WrongState
from huiguan.tenancy.binding import bound_chamber, current_chamber
from huiguan.tenancy.hosts import Host
from huiguan.trail import take_turn

log = logging.getLogger(__name__)
LATE = datetime.timedelta(seconds=15)
Words = Mapping[str, str | Promise]
Reasons = Mapping[type[Exception], str | Promise]
REASONS: Reasons = {
    PermissionDenied: gettext_lazy("Whoever asked for it may no longer do so."),
    TooMuch: gettext_lazy("It is too much for one piece of work. Do it in several parts."),
}


class Errand(Record):
    """A folder's own row of work: `carry_out()` does it, with `report(step, done, of)` on the way.

    `steps` are the words of each step, into which `done` and `of` are filled; its pages are `screens.errands`'s.
    """

    steps: ClassVar[Words] = {}

    asked_by = models.CharField(gettext_lazy("asked for by"), max_length=120, blank=True, editable=False)
    asked_by_id = models.UUIDField(null=True, editable=False)
    asked_at = models.DateTimeField(gettext_lazy("asked for at"), default=now, editable=False)
    done_at = models.DateTimeField(gettext_lazy("done at"), null=True, editable=False)
    failure = models.CharField(gettext_lazy("why it failed"), max_length=500, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_waiting(self) -> bool:
        return self.done_at is None and not self.failure

    def carry_out(self) -> None:
        raise NotImplementedError

    def ask(self, task: Task) -> None:
        """Keep it and wake the worker once that is certain; `task(chamber, key, language)` calls `work_on`."""
        actor = current_actor()
        self.asked_by, self.asked_by_id, self.asked_at = actor.name[:120], actor.person_id, now()
        self.done_at, self.failure = None, ""
        self.save()
        transaction.on_commit(lambda: _wake(self.pk, task), robust=True)

    def wake_again(self, task: Task) -> None:
        """When a wake-up was lost, or the worker ended in the middle: whoever looks at the page sends another."""
        is_late = now() - self.asked_at > datetime.timedelta(seconds=FRESH_SECONDS)
        if self.is_waiting and is_late and not found(self.pk) and first_in_a_while(f"woken-{self.pk}"):
            transaction.on_commit(lambda: _wake(self.pk, task), robust=True)

    def told(self) -> dict[str, Any]:
        """What its page says while it waits. `percent` is None while nobody can tell."""
        progress = found(self.pk)
        if progress is None:
            return {"text": _("Waiting for its turn."), "percent": None, "note": self._note()}
        text = str(self.steps.get(progress.step, _("The work has begun.")))
        return {"text": text.format(done=progress.done, of=progress.of), "percent": _percent(progress), "note": ""}

    @classmethod
    def route(cls) -> str:
        """The stem of its url names: `benefits-cardrun`."""
        return f"{cls._meta.app_label}-{cls._meta.model_name}"

    def progress_url(self) -> str:
        return reverse(f"{self.route()}-progress", args=[self.pk])

    def again_url(self) -> str:
        return reverse(f"{self.route()}-again", args=[self.pk])

    def _note(self) -> str:
        if now() - self.asked_at < LATE:
            return ""
        return _(
            "Nobody has begun yet: the program that does long work is busy. Nothing is lost; you can leave this page."
        )


def work_on(model: type[Errand], key: str, language: str) -> None:
    """The worker's side. What hinders it is kept for the page; without a database it ends, and is asked again."""
    waiting = model._default_manager.filter(pk=key, done_at=None, failure="")
    errand = waiting.select_for_update(skip_locked=True).first()
    if errand is None:
        return  # it is done, or another worker is at it
    with override(language), kept(errand.pk):
        report("begun")
        failure = attempt(errand.carry_out, errand.asked_by_id)
        take_turn()
        errand.failure, errand.done_at = failure[:500], None if failure else now()
        errand.save(verb="failed" if failure else "carried_out")


def attempt(work: Callable[[], Any], person_id: uuid.UUID | None, words: Reasons = REASONS) -> str:
    """Do it as the person who asked, all of it or nothing. Why it could not be done; empty if it was.

    Without a database it raises: whoever asked is told nothing, and the work is asked for again.
    """
    try:
        with transaction.atomic(), acting_as(_who_asked(person_id)):
            work()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return _said(error, words)
    return ""


def _who_asked(person_id: uuid.UUID | None) -> Actor:
    return standing_of(person_id, Host("chamber", chamber=current_chamber())) if person_id else current_actor()


def _said(error: Exception, words: Reasons) -> str:
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, WrongState | Refused):
        return str(error)
    for kind, text in words.items():
        if isinstance(error, kind):
            return str(text)
    log.exception("an errand failed")
    return _("It failed by a fault of the program. Nothing was changed.")


def _wake(key: uuid.UUID, task: Task) -> None:
    task.delay(str(bound_chamber().pk), str(key), get_language())


def _percent(progress: Progress) -> int | None:
    return round(100 * progress.done / progress.of) if progress.of else None
