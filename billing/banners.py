"""What a chamber reads on its pages at each step: what is wrong, until when, and what happens then."""

import datetime

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _

from billing.models import Account, Subscription
from billing.standings import restricted_from, suspended_from
from huiguan.kit.formats import day

TELL_BEFORE = datetime.timedelta(days=7)
Text = str | Promise


def text_for(account: Account, current: Subscription | None, moment: datetime.datetime) -> Text:
    """Empty when there is nothing to say. Written when it is shown, in the language of whoever reads it."""
    if account.status != Account.Status.OPEN and account.behind_since:
        failed = bool(current and current.status in ("past_due", "unpaid"))
        return _behind(str(account.status), failed, account.behind_since)
    if current and current.is_bought:
        return _ending(current.cancel_at) if current.cancel_at else ""
    ends = current.trial_end if current and current.trial_end else account.trial_end
    return _trial(ends) if moment > ends - TELL_BEFORE else ""


def _write_behind(status: str, failed: bool, since: datetime.datetime) -> str:
    if status == Account.Status.SUSPENDED:
        return _("This chamber is closed until its plan is paid. Nothing has been deleted.")
    if status == Account.Status.RESTRICTED:
        told = _("Nothing can be changed here until the plan is paid. On {day} the chamber closes; nothing is deleted.")
        return told.format(day=day(suspended_from(since)))
    if failed:
        told = _(
            "The last payment failed. Everything works until {day}; after that nothing can be changed until it is paid."
        )
    else:
        told = _(
            "There is no paid plan. Everything works until {day}; after that nothing can be changed. Choose a plan."
        )
    return told.format(day=day(restricted_from(since)))


def _write_trial(ends: datetime.datetime) -> str:
    return _("The trial ends on {day}. Choose a plan to go on working.").format(day=day(ends))


def _write_ending(ends: datetime.datetime) -> str:
    return _("The plan was cancelled and ends on {day}. Until then you can take it back.").format(day=day(ends))


_behind = lazy(_write_behind, str)
_trial = lazy(_write_trial, str)
_ending = lazy(_write_ending, str)
