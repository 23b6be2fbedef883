"""The tables of billing: plans, accounts, what chambers are paid, and mirrors of what Stripe says."""

from billing.models.accounts import Account
from billing.models.collections import Collection, Return
from billing.models.events import Event
from billing.models.operations import Operation
from billing.models.plans import Plan
from billing.models.receiving import Payout, ReceivingAccount
from billing.models.subscriptions import Subscription

__all__ = [
    "Account", "Collection", "Event", "Operation", "Payout", "Plan", "ReceivingAccount", "Return", "Subscription",
]  # fmt: skip
