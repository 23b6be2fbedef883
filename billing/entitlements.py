"""What a chamber's plan allows, and its standing: the answers behind `huiguan.entitlements`."""

from uuid import UUID

from django.utils.translation import gettext_lazy

from billing import banners
from billing.models import Account, Event, Plan
from huiguan.accounts.models import Appointment
from huiguan.entitlements import Answer, Level, Standing
from huiguan.tenancy.binding import current_chamber, in_site

LIMITED_BY = {"members.add": "members", "seats.add": "seats", "files.store": "storage_mb"}
FULL = {
    "members.add": gettext_lazy(
        "Your plan includes {limit} members and you have {used}. Choose a larger plan to add more."
    ),
    "seats.add": gettext_lazy(
        "Your plan includes {limit} people who sign in and you have {used}. Choose a larger plan to invite more."
    ),
    "files.store": gettext_lazy(
        "Your plan includes {limit} MB of files and {used} MB are used. Choose a larger plan to keep more."
    ),
}


def answer(chamber_id: UUID | str, what: str, amount: int, used: int | None) -> Answer:
    """Reading is never asked about; adding needs room in the plan and an account that is not read-only."""
    with in_site():
        account = Account.objects.of(chamber_id)
        limit = getattr(plan_of(account), LIMITED_BY.get(what, ""), None) if account else None
        state = _standing(account)
    if state.is_read_only:
        return Answer(False, state.text, limit, used)
    if limit is None or used is None or used + amount <= limit:
        return Answer(True, "", limit, used)
    return Answer(False, str(FULL[what]).format(limit=limit, used=used), limit, used)


def standing(chamber_id: UUID | str) -> Standing:
    with in_site():
        return _standing(Account.objects.of(chamber_id))


def plan_of(account: Account) -> Plan | None:
    """What counts now: the plan of the current subscription, or that of the trial."""
    current = account.subscriptions.select_related("plan").current()
    return current.plan if current and current.plan else Plan.objects.for_trials()


def count_seats() -> int:
    """People with a role in the bound chamber."""
    chamber = current_chamber()
    if chamber is None:
        return 0
    with in_site():
        return Appointment.objects.filter(chamber=chamber, ended_at=None).count()


def _standing(account: Account | None) -> Standing:
    """A chamber that nobody has opened an account for yet is in order."""
    if account is None:
        return Standing()
    current = account.subscriptions.all().current()
    return Standing(Level(account.status), banners.text_for(account, current, Event.objects.newest_moment()))
