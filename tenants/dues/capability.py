"""What the dues' folder tells the house."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.capability import Capability, Figure, Page, Permission, Resource, Source, Step, register
from huiguan.files.purposes import Kind, Purpose
from huiguan.parts import EngagementPart, Moments, OwnPage, Panel, Suspension
from huiguan.roles import ADMINISTRATORS, CASHIERS, READERS, STAFF
from tenants.dues import figures
from tenants.dues.demo import load_demo
from tenants.dues.kpis import KPIS
from tenants.dues.mine import waits
from tenants.dues.models import (
    Arrangement,
    Assessment,
    BankStatement,
    Charge,
    Entry,
    InvoiceRequest,
    OnlinePayment,
    Payment,
    Receipt,
    ReminderRule,
    Ruleset,
)
from tenants.dues.of_members import account_of, moments_of, paying, without_services
from tenants.dues.of_value import PARTS as VALUE_PARTS
from tenants.dues.waiting import waiting

register(
    Capability(
        name="dues",
        label=_("Dues"),
        icon="coins",
        order=20,
        home="dues-overview",
        resources=[
            Resource(
                Charge,
                list_fields=["member", "__str__", "level", "amount_fen", "open_fen", "due_on", "status"],
                detail_fields=[
                    "member",
                    "kind",
                    "year",
                    "level",
                    "amount_fen",
                    "open_fen",
                    "due_on",
                    "payment_code",
                    "how",
                    "cause",
                    "cause_text",
                    "cause_noted_on",
                ],
                form="tenants.dues.forms.charges.ServiceForm",
                search_fields=["member__search_text", "title"],
                filter_fields=["year", "kind", "status", "level", "cause"],
                empty=_("Adopt dues rules and assess a year, or charge a service."),
            ),
            Resource(
                Payment,
                list_fields=["received_on", "payer", "names", "method", "amount_fen", "reference", "status"],
                detail_fields=[
                    "received_on",
                    "method",
                    "amount_fen",
                    "fee_fen",
                    "payer",
                    "names",
                    "reference",
                    "note",
                ],
                search_fields=["payer", "reference", "note", "entries__member__search_text"],
                filter_fields=["method", "status"],
                prefetch=["entries__member"],
                empty=_("Book a payment by hand, or import a bank statement."),
            ),
            Resource(
                OnlinePayment,
                list_fields=["begun_at", "member", "amount_fen", "method", "returned", "status"],
                detail_fields=["begun_at", "member", "amount_fen", "method", "dispute_words", "returned"],
                search_fields=["member__search_text", "reference"],
                filter_fields=["status", "method"],
                prefetch=["repayments"],
                in_navigation=False,
                empty=_("Members pay online on their own page, as soon as an account is connected."),
            ),
            Resource(
                InvoiceRequest,
                list_fields=["asked_on", "member", "title", "tax_number", "kind", "amount_fen", "number", "status"],
                detail_fields=[
                    "member",
                    "payment",
                    "amount_fen",
                    "kind",
                    "title",
                    "tax_number",
                    "address",
                    "bank",
                    "email",
                    "note",
                    "asked_on",
                    "number",
                    "issued_on",
                    "file",
                ],
                search_fields=["member__search_text", "title", "tax_number", "number"],
                filter_fields=["status", "kind"],
                empty=_("Members ask for invoices on their own page; the requests wait here."),
            ),
            Resource(
                Receipt,
                list_fields=["shown_number", "payer", "amount_fen", "issued_on", "who", "status"],
                detail_fields=["shown_number", "payer", "member", "payment", "amount_fen", "issued_on", "who"],
                search_fields=["payer", "member__search_text"],
                filter_fields=["year", "status"],
                empty=_("A receipt is issued from a payment. Its number is the next, without gaps."),
            ),
            Resource(
                BankStatement,
                list_fields=["filename", "holder", "first_on", "last_on", "created_at", "status"],
                filter_fields=["status"],
                empty=_("Hand in a statement as the bank gives it out: its lines are matched to members."),
            ),
            Resource(
                Arrangement,
                list_fields=["charge__member", "charge", "kind", "amount_fen", "until", "status"],
                detail_fields=[
                    "charge__member",
                    "charge",
                    "kind",
                    "amount_fen",
                    "until",
                    "reason",
                    "body",
                    "resolution",
                    "resolved_on",
                ],
                form="tenants.dues.forms.arrangements.ArrangementForm",
                search_fields=["charge__member__search_text", "reason", "resolution"],
                filter_fields=["kind", "status"],
                related=["instalments"],
                empty=_("For a member in difficulty: propose a waiver, a deferral or instalments here."),
            ),
            Resource(
                Ruleset,
                list_fields=["title", "effective_from", "resolution", "resolved_on", "status"],
                detail_fields=[
                    "effective_from",
                    "due_month",
                    "due_day",
                    "newcomers",
                    "grace_days",
                    "suspend_after_days",
                    "talk_after_days",
                    "removal_after_days",
                    "most_levels",
                    "body",
                    "resolution",
                    "resolved_on",
                ],
                form="tenants.dues.forms.rules.RulesetForm",
                search_fields=["title", "resolution"],
                filter_fields=["status"],
                empty=_("Enter the levels and amounts that the general assembly resolved."),
            ),
            Resource(
                ReminderRule,
                list_fields=["name", "when", "channels", "subject", "is_active"],
                form_fields=["name", "days", "channels", "subject", "body", "is_active"],
                search_fields=["name", "subject", "body"],
                filter_fields=["is_active"],
                form="tenants.dues.forms.reminders.ReminderRuleForm",
                empty=_("Say when members are reminded: a month before, a week after, each in its own words."),
            ),
            Resource(
                Assessment,
                list_fields=["year", "ruleset__title", "members", "total_fen", "created_at", "status"],
                filter_fields=["year", "status"],
                empty=_("A year is assessed in one action: you see every member's amount before it counts."),
            ),
            Resource(
                Entry,
                list_fields=["booked_on", "member", "charge", "kind", "amount_fen", "reason", "who"],
                detail_fields=["booked_on", "member", "charge", "payment", "kind", "amount_fen", "reason", "who"],
                search_fields=["member__search_text", "reason"],
                filter_fields=["kind", "charge__year"],
                ordering=["-id"],
                empty=_("Every assessment, payment, waiver and refund leaves an entry here. None is ever changed."),
            ),
        ],
        permissions=[
            Permission("dues.view", _("See dues"), READERS),
            Permission("dues.change", _("Write rules, charge services, propose easings"), CASHIERS | STAFF),
            Permission("dues.assess", _("Assess a year"), CASHIERS),
            Permission("dues.book", _("Book and reverse payments"), CASHIERS),
            Permission("dues.collect", _("Remind and follow up"), CASHIERS | STAFF),
            Permission("dues.resolve", _("Record resolutions about dues"), ADMINISTRATORS),
            Permission("dues.export", _("Export dues"), CASHIERS),
        ],
        kpis=KPIS,
        sources=[Source(_("Dues"), waiting, permission="dues.collect", is_of_the_place=True)],
        figures=[
            Figure(
                _("Dues collected this year"),
                figures.collected,
                unit="%",
                url="dues-overview",
                icon="coins",
                code="rate",
            ),
            Figure(_("Members in arrears"), figures.in_arrears, url="dues-ladder", icon="alert-triangle"),
        ],
        pages=[
            Page(_("Ladder"), "dues-ladder"),
            Page(_("Online payment"), "dues-online-terms", permission="dues.book"),
        ],
        charts=[figures.month_by_month],
        panels=[Panel("members.Member", "dues/_of_member.html", account_of, permission="dues.view", order=20)],
        moments=[Moments("members.Member", _("Dues"), moments_of, permission="dues.view")],
        engagement=[EngagementPart("dues", _("Dues"), 3, paying)],
        value=VALUE_PARTS,
        suspensions=[Suspension(without_services)],
        own_pages=[
            OwnPage(
                _("Our dues"),
                "dues-mine",
                icon="coins",
                order=20,
                hint=_("What is open, paying, receipts, invoices"),
                waits=waits,
            )
        ],
        files=[Purpose("dues.invoice", _in("of dues", "Invoice"), "dues.view", kinds=frozenset({Kind.PDF}))],
        demo=load_demo,
        steps=[Step(_("Set the dues rules"), "dues-ruleset-new", figures.has_rules, order=20)],
    )
)
