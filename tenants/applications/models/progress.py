"""How an application goes: received, questions, council, decision, welcome; each step told to the applicant. [S1]"""

import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.bodies import Body
from huiguan.states import Facts, Stateful, move
from huiguan.together import verb
from tenants.applications.telling import Step, tell, tell_office


class Progress(Stateful):
    """The states of an application and the moves between them."""

    class Status(models.TextChoices):
        RECEIVED = "received", _in("application", "Received")
        ASKED = "asked", _in("application", "Question to the applicant")
        SUBMITTED = "submitted", _in("application", "Before the council")
        APPROVED = "approved", _in("application", "Approved")
        WELCOMED = "welcomed", _in("application", "Has become a member")
        REFUSED = "refused", _in("application", "Refused")
        WITHDRAWN = "withdrawn", _in("application", "Withdrawn")

    UNDERWAY: ClassVar[tuple[str, ...]] = (Status.RECEIVED, Status.ASKED, Status.SUBMITTED, Status.APPROVED)
    ENDED: ClassVar[tuple[str, ...]] = (Status.REFUSED, Status.WITHDRAWN)
    status_levels: ClassVar[dict[str, str]] = {
        "received": "info", "asked": "neutral", "submitted": "warning", "welcomed": "success", "withdrawn": "neutral",
    }  # fmt: skip

    body = models.CharField(_("resolved by"), max_length=20, choices=Body, blank=True, editable=False)
    resolution = models.CharField(_("resolution"), max_length=80, blank=True, editable=False)
    resolved_on = models.DateField(_("resolved on"), null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    stepped_on = models.DateField(_in("application", "last step"), default=localdate, editable=False)
    ended_on = models.DateField(_in("application", "ended"), null=True, editable=False)
    former = models.ForeignKey(
        "members.Member", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("former member")
    )
    member = models.ForeignKey(
        "members.Member",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="applications",
        verbose_name=_("member"),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RECEIVED, editable=False)

    class Meta:
        abstract = True

    @move(
        Status.RECEIVED, Status.ASKED,
        to=Status.SUBMITTED, permission="applications.review", label=_("Submit to the council"),
    )  # fmt: skip
    def submit(self) -> Facts:
        return self._told(Step.SUBMITTED)

    @move(
        Status.RECEIVED, Status.ASKED, to=Status.ASKED, permission="applications.review", label=_("Ask the applicant")
    )
    def ask(self, *, question: str) -> Facts:
        """The applicant reads it behind its link and answers there."""
        self.questions.create(text=question)  # type: ignore[attr-defined]
        return self._told(Step.ASKED, question=question)

    @move(Status.ASKED, to=Status.RECEIVED, permission="applications.receive", label=_("Answer"))
    def answer(self, *, answer: str) -> Facts:
        """By the applicant, behind its link: all that was asked is answered with it."""
        for question in self.questions.filter(answer=""):  # type: ignore[attr-defined]
            question.take(answer)
        self.stepped_on = localdate()
        tell_office(self, Step.ANSWERED)
        return None

    @move(Status.SUBMITTED, to=Status.RECEIVED, permission="applications.review", label=_("Take back from the council"))
    def take_back(self) -> Facts:
        self.stepped_on = localdate()
        return None

    @move(Status.SUBMITTED, to=Status.APPROVED, permission="applications.decide", label=_("Record the approval"))
    def approve(self, *, body: str, resolution: str, resolved_on: datetime.date) -> Facts:
        self._resolve(body, resolution, resolved_on)
        return self._told(Step.APPROVED)

    @move(
        Status.SUBMITTED,
        to=Status.REFUSED,
        permission="applications.decide",
        label=_("Record the refusal"),
        danger=True,
    )
    def refuse(self, *, body: str, resolution: str, resolved_on: datetime.date, reason: str) -> Facts:
        self._resolve(body, resolution, resolved_on)
        self.reason, self.ended_on = reason, localdate()
        return self._told(Step.REFUSED, reason=reason)

    @move(
        Status.APPROVED, Status.REFUSED,
        to=Status.SUBMITTED, permission="applications.decide", label=_("Take the decision back"), danger=True,
        description=_("It was recorded by mistake. The applicant has been told already: write to them."),
    )  # fmt: skip
    def reconsider(self) -> Facts:
        facts = {"resolution": self.resolution}
        self.body = self.resolution = self.reason = ""
        self.resolved_on, self.ended_on, self.stepped_on = None, None, localdate()
        return facts

    @move(Status.APPROVED, to=Status.WELCOMED, permission="applications.review", label=_("Welcome as a member"))
    def welcome(self) -> Facts:
        """Makes the member, or readmits a former one, from the day of the resolution."""
        application: Any = self
        self.member = verb("members.admit")(
            facts=application.facts(),
            person=application.person(),
            joined_on=self.resolved_on or localdate(),
            agreed=application.agreed,
            evidence=_now("Application, resolution {resolution}").format(resolution=self.resolution),
            former=self.former,
        )
        self.ended_on = localdate()
        return self._told(Step.WELCOMED)

    @move(
        Status.WELCOMED, to=Status.APPROVED, permission="applications.decide", label=_("Undo the welcome"), danger=True,
        description=_("The new member goes again, while nothing else was written of it."),
    )  # fmt: skip
    def undo_welcome(self) -> Facts:
        if self.former_id:
            raise ValidationError(_now("A former member came back: record there that it left."))
        member, self.member, self.ended_on = self.member, None, None
        type(self)._base_manager.filter(pk=self.pk).update(member=None)
        if member is not None:
            verb("members.take_back")(member)
        return None

    @move(
        Status.RECEIVED, Status.ASKED, Status.SUBMITTED, Status.APPROVED,
        to=Status.WITHDRAWN, permission="applications.review", label=_("Record that it was withdrawn"), danger=True,
    )  # fmt: skip
    def withdraw(self, *, reason: str) -> Facts:
        return self._withdrawn(reason)

    @move(
        Status.RECEIVED, Status.ASKED, Status.SUBMITTED, Status.APPROVED,
        to=Status.WITHDRAWN, permission="applications.receive", label=_("Withdraw my application"), danger=True,
    )  # fmt: skip
    def give_up(self) -> Facts:
        """By the applicant, behind its link."""
        tell_office(self, Step.WITHDRAWN)
        return self._withdrawn(str(_now("By the applicant")))

    @move(Status.WITHDRAWN, to=Status.RECEIVED, permission="applications.review", label=_("Take up again"))
    def take_up(self) -> Facts:
        self.reason, self.ended_on, self.stepped_on = "", None, localdate()
        return None

    def _resolve(self, body: str, resolution: str, resolved_on: datetime.date) -> None:
        if resolved_on > localdate():
            raise ValidationError(_now("A resolution is recorded once it was passed."))
        self.body, self.resolution, self.resolved_on = body, resolution, resolved_on

    def _withdrawn(self, reason: str) -> Facts:
        self.reason, self.ended_on = reason, localdate()
        return self._told(Step.WITHDRAWN)

    def _told(self, step: "Step", **words: str) -> Facts:
        self.stepped_on = localdate()
        tell(self, step, **words)
        return None
