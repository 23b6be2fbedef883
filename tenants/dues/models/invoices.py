"""What a member asks to be invoiced 发票: for which payment, made out to whom; then its number and file. [B2, S2]"""

import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedCharField, EncryptedEmailField
from huiguan.files.models import KeptFile
from huiguan.kit.formats import money
from huiguan.money import FenField
from huiguan.personal import BOOKS, Erased, OnErasure
from huiguan.records import Record, RecordQuerySet, TrailWords
from huiguan.states import Facts, Stateful, move
from tenants.dues.models.entries import any_of
from tenants.dues.models.payments import Payment


class InvoiceRequestQuerySet(RecordQuerySet):
    """Questions to the requests."""

    def waiting(self) -> "InvoiceRequestQuerySet":
        return self.filter(status=InvoiceRequest.Status.REQUESTED)

    def standing(self) -> "InvoiceRequestQuerySet":
        return self.exclude(status=InvoiceRequest.Status.REFUSED)


class InvoiceRequest(Stateful, Record):
    """One for each member of a payment. What was written is remembered for the next one."""

    erasure = OnErasure(Erased.STAYS, BOOKS)

    class Kind(models.TextChoices):
        DUES = "dues", _("Receipt of dues for associations")
        PLAIN = "plain", _("Ordinary invoice")
        SPECIAL = "special", _("Special invoice (VAT can be deducted)")

    class Status(models.TextChoices):
        REQUESTED = "requested", _in("of an invoice", "Asked for")
        ISSUED = "issued", _in("of an invoice", "Issued")
        REFUSED = "refused", _in("of an invoice", "Refused")

    status_levels: ClassVar[dict[str, str]] = {"requested": "warning", "issued": "success", "refused": "neutral"}
    move_forms: ClassVar[dict[str, str]] = {"issue": "tenants.dues.forms.invoices.IssueForm"}
    trail_words: ClassVar[TrailWords] = {"file_id": lambda _key: str(_now("a file"))}

    member = models.ForeignKey(
        "members.Member", models.PROTECT, related_name="invoice_requests", verbose_name=_("member")
    )
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="invoice_requests", verbose_name=_("payment"))
    contact_id = models.UUIDField(null=True, editable=False)
    amount_fen = FenField(_("amount"))
    kind = models.CharField(_in("of an invoice", "kind"), max_length=10, choices=Kind, default=Kind.DUES)
    title = models.CharField(_in("of an invoice", "made out to"), max_length=120)
    tax_number = models.CharField(_("tax number"), max_length=20, blank=True)
    address = EncryptedCharField(_("registered address and telephone"), max_length=160, blank=True)
    bank = EncryptedCharField(_("bank and account"), max_length=120, blank=True)
    email = EncryptedEmailField(_("e-mail"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    asked_on = models.DateField(_in("of an invoice", "asked for on"), default=localdate, editable=False)
    number = models.CharField(_("invoice number"), max_length=40, blank=True, editable=False)
    issued_on = models.DateField(_in("of an invoice", "issued"), null=True, editable=False)
    file = models.ForeignKey(
        KeptFile, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("file")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.REQUESTED, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(InvoiceRequestQuerySet)()

    class Meta:
        verbose_name = _("invoice request")
        verbose_name_plural = _("invoice requests")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "member"],
                condition=any_of("status", "requested", "issued"),
                name="one_invoice_for_a_payment",
            )
        ]

    def __str__(self) -> str:
        return str(_now("{title}, {amount}").format(title=self.title, amount=money(self.amount_fen)))

    @move(
        Status.REQUESTED, to=Status.ISSUED, permission="dues.book", label=_("Mark as invoiced"),
        description=_("Enter the number and add the PDF: the member is told and finds it on their page."),
    )  # fmt: skip
    def issue(self, *, number: str, issued_on: datetime.date, file: Any = None) -> Facts:
        from huiguan.files.keeping import keep_file
        from tenants.dues.invoicing import tell_issued

        self.number, self.issued_on = number, issued_on
        if file is not None:
            self.file = keep_file(about=self, upload=file, purpose="dues.invoice")
        tell_issued(self)
        return {"number": number}

    @move(
        Status.REQUESTED, to=Status.REFUSED, permission="dues.book", label=_in("of an invoice", "Refuse"), danger=True,
        description=_("The member reads the reason and can ask again."),
    )  # fmt: skip
    def refuse(self, *, reason: str) -> Facts:
        from tenants.dues.invoicing import tell_refused

        self.note = reason[:200]
        tell_refused(self, reason)
        return {"reason": reason}
