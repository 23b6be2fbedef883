"""Sends a report's link: by mail, or by text message where there is no mail address."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from huiguan.deliveries.actions import Recipient, deliver
from huiguan.deliveries.models import Channel
from huiguan.kit.formats import money
from huiguan.tenancy.binding import current_chamber
from tenants.value.addresses import Addresses
from tenants.value.models import Report
from tenants.value.purposes import REPORT


@dataclass(frozen=True)
class Teller:
    """Writes for the bound chamber; what it needs is read once for many."""

    chamber: str
    addresses: Addresses

    @classmethod
    def here(cls) -> "Teller":
        chamber = current_chamber()
        return cls(chamber.name if chamber else "", Addresses.here())

    def tell(self, report: Report) -> bool:
        """Write to the member and note on the report to whom; False where nobody can be reached."""
        channel, person = _reachable(report.member)
        if person is None:
            return False
        said = {"chamber": self.chamber, "member": report.member.name, "year": report.year}
        said |= {"link": self.addresses.of(report), "summary": summary_of(report)}
        deliver(
            about=report,
            channel=channel,
            to=Recipient(person.name, person.email if channel == Channel.EMAIL else person.phone),
            subject=_("{year} with {chamber}: your report of value").format(**said),
            body=_("{member}: this is what {year} with us was for you. {summary} Read it here: {link}").format(**said),
            purpose=REPORT,
            dedupe=f"value.report:{report.pk}",
            parameters={name: str(said[name]) for name in ("member", "year", "summary")},
        )
        report.status, report.sent_at, report.sent_to = Report.Status.SENT, now(), person.name
        return True


def tell(report: Report) -> str:
    """One report; the name of whom it was sent to, empty where nobody can be reached."""
    return report.sent_to if Teller.here().tell(report) else ""


def summary_of(report: Report) -> str:
    """One sentence; nothing is said of money that is not there."""
    if report.saved_fen:
        return _("You saved {amount}.").format(amount=money(report.saved_fen))
    return ""


def _reachable(member: Any) -> tuple[Channel, Any]:
    people = list(member.contacts.all())
    for channel, field in ((Channel.EMAIL, "email"), (Channel.SMS, "phone")):
        person = next((each for each in people if getattr(each, field)), None)
        if person is not None:
            return channel, person
    return Channel.EMAIL, None
