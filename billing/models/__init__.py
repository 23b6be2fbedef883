"""The tables of billing: plans, accounts, and mirrors of what Stripe says."""

from billing.models.accounts import Account
from billing.models.events import Event
from billing.models.operations import Operation
from billing.models.plans import Plan
from billing.models.subscriptions import Subscription

__all__ = ["Account", "Event", "Operation", "Plan", "Subscription"]
