"""What follows the exchange of contacts: talks, an agreement, its delivery, what both sides confirm. [A.6]"""

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from federation.matching.models.states import AFTER_CONTACT, TALKING, Status
from federation.matching.workdays import TO_CONFIRM, TO_DELIVER, TO_REPORT
from huiguan.states import Facts, Stateful, WrongState, move
from huiguan.workdays import add_working_days

RECEIVE = "matching.receive"


class Progress(Stateful):
    """`ask_on`: from that day both secretariats are asked how far it is."""

    class NoDeal(models.TextChoices):
        PRICE = "price", _("No agreement on the price")
        CONDITIONS = "conditions", _("No agreement on other conditions")
        DATES = "dates", _("The dates did not suit")
        FOUND_ELSEWHERE = "elsewhere", _("Found elsewhere")
        NO_ANSWER = "no_answer", _("The other side does not answer")
        DISPUTE = "dispute", _("Ended in dispute")
        OTHER = "other", _("Another reason")

    met_on = models.DateField(_("last met"), null=True, editable=False)
    ask_on = models.DateField(_("ask how far it is"), null=True, editable=False)
    delivered_on = models.DateField(_("carried out on"), null=True, editable=False)
    no_deal_reason = models.CharField(_("why not"), max_length=20, choices=NoDeal, blank=True, editable=False)
    result_note = models.TextField(_("how it went"), max_length=600, blank=True)

    # declared by the introduction
    disclosures: ClassVar[Any]
    outcomes: ClassVar[Any]

    class Meta:
        abstract = True

    @move(Status.ACCEPTED, to=Status.CONTACTS_EXCHANGED, permission=RECEIVE, label=_("Exchange contacts"))
    def exchange_contacts(self) -> Facts:
        """Only when both sides have disclosed theirs."""
        if self.disclosures.count() < 2:
            raise ContactMissing(str(self.pk))
        self._ask_after(TO_REPORT)
        return None

    @move(*TALKING, to=Status.NEGOTIATING, permission=RECEIVE, label=_("Note a meeting"))
    def note_meeting(self, *, met_on: datetime.date, note: str) -> Facts:
        """The two met or spoke; how far it is, is asked anew later."""
        self.met_on, self.result_note = max(met_on, self.met_on or met_on), note or self.result_note
        self._ask_after(TO_REPORT)
        return None

    @move(*TALKING, to=Status.AGREED, permission=RECEIVE, label=_("Report an agreement"))
    def agree(self, *, signed_on: datetime.date, note: str) -> Facts:
        """The agreement itself is a record of its own."""
        self.result_note = note or self.result_note
        self._ask_after(TO_DELIVER, max(signed_on, localdate()))
        return None

    @move(*TALKING, to=Status.NO_DEAL, permission=RECEIVE, label=_("Report no agreement"))
    def end_without_deal(self, *, reason: str, note: str) -> Facts:
        self.no_deal_reason, self.result_note, self.ask_on = reason, note or self.result_note, None
        return None

    @move(Status.AGREED, to=Status.DELIVERED, permission=RECEIVE, label=_("Report the delivery"))
    def deliver(self, *, on: datetime.date, note: str) -> Facts:
        self.delivered_on, self.result_note = on, note or self.result_note
        self._ask_after(TO_CONFIRM)
        return None

    @move(Status.DELIVERED, to=Status.CONFIRMED, permission=RECEIVE, label=_("Confirm"))
    def confirm(self) -> Facts:
        """Only when both sides have said what came of it."""
        if self.outcomes.count() < 2:
            raise WrongState(_now("Both sides confirm it."))
        self.ask_on = None
        return None

    @move(Status.AGREED, Status.DELIVERED, to=Status.DISPUTED, permission=RECEIVE, label=_("Report a dispute"))
    def dispute(self) -> Facts:
        """Nothing is asked while it lasts: the dispute has steps of its own."""
        self.ask_on = None
        return None

    @move(Status.DISPUTED, to=Status.DELIVERED, permission=RECEIVE, label=_("Settle"))
    def settle(self) -> Facts:
        """The sides agree again: what came of it is theirs to confirm."""
        self.delivered_on = self.delivered_on or localdate()
        self._ask_after(TO_CONFIRM)
        return None

    @move(Status.DISPUTED, to=Status.NO_DEAL, permission=RECEIVE, label=_("End in dispute"))
    def break_off(self) -> Facts:
        self.no_deal_reason = self.NoDeal.DISPUTE
        return None

    @move(*AFTER_CONTACT, to=None, permission=RECEIVE, label=_("Take the contacts back"))
    def take_contacts_back(self, *, by: uuid.UUID, notice: str) -> Facts:
        """Neither side sees the other's any more. What came of it stays, and can still be reported."""
        self._end(by, notice)
        return None

    def _ask_after(self, days: int, day: datetime.date | None = None) -> None:
        self.ask_on = add_working_days(day or localdate(), days)

    def _end(self, by: uuid.UUID, notice: str) -> None:
        raise NotImplementedError


class ContactMissing(RuntimeError):
    """Contacts are exchanged when both are there, never one by one."""
