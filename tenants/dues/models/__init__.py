"""Rules and levels, charges, payments, arrangements, and the entries that all of them come down to."""

from tenants.dues.models.arrangements import Arrangement, Instalment
from tenants.dues.models.assessments import Assessment
from tenants.dues.models.charges import Charge
from tenants.dues.models.entries import Entry
from tenants.dues.models.invoices import InvoiceRequest
from tenants.dues.models.online import OnlinePayment, Repayment
from tenants.dues.models.payments import Payment
from tenants.dues.models.receipts import Receipt
from tenants.dues.models.reminders import ReminderRule
from tenants.dues.models.rules import Level, Ruleset
from tenants.dues.models.statements import BankStatement, StatementLine
from tenants.dues.models.terms import OnlineTerms

__all__ = [
    "Arrangement",
    "Assessment",
    "BankStatement",
    "Charge",
    "Entry",
    "Instalment",
    "InvoiceRequest",
    "Level",
    "OnlinePayment",
    "OnlineTerms",
    "Payment",
    "Receipt",
    "ReminderRule",
    "Repayment",
    "Ruleset",
    "StatementLine",
]
