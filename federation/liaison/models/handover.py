"""What one host hands to the next, so that no chamber begins from nothing. [federation.md C, 001]"""

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from federation.liaison.models.parts import SessionPart
from federation.liaison.models.status import Status
from huiguan.states import Facts, WrongState, move


class WithHandOver(SessionPart):
    """The part of a session that is passed on. Each thing is an action item of its host, so it is reported back."""

    class Meta:
        abstract = True

    @move(
        Status.ADOPTED, Status.CLOSED, to=None, permission="liaison.convene", label=_("Hand over to the next host"),
        description=_("Each line becomes a task of the chamber that hosted."),
    )  # fmt: skip
    def hand_over(self, *, things: Sequence[str], due_on: datetime.date) -> Facts:
        """Once for each session."""
        if self.host_id is None:
            raise WrongState(_t("The session had no host."))
        if self.is_handed_over:
            raise WrongState(_t("This has been given out already."))
        if not things:
            raise ValidationError(_t("Say what is handed over."))
        heir = self.next_host()
        title = _t("Hand over to {chamber}: {thing}") if heir else _t("Hand over to the next host: {thing}")
        for thing in things:
            self.action_items.create(
                federation_id=self.federation_id,
                title=title.format(chamber=heir, thing=thing),
                chamber_id=self.host_id,
                chamber_name=self.host_name,
                due_on=due_on,
                is_hand_over=True,
            )
        return {"chamber": self.host_name, "to": heir, "things": len(things)}

    @property
    def is_handed_over(self) -> bool:
        return bool(self.action_items.filter(is_hand_over=True).exists())

    def next_host(self) -> str:
        """Of the next session that has one; empty while nobody has agreed."""
        following = self.series.sessions.filter(number__gt=self.number).exclude(status=Status.CANCELLED)
        hosts = following.exclude(host_id=None).order_by("number").values_list("host_name", flat=True)
        return str(hosts.first() or "")
