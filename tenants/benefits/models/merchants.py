"""Partner merchants 特约商户: who gives members something, and how they are known when they count a use.

[003 三(二): 168 家商业、医疗服务单位]
"""

import datetime
import secrets
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.personal import Personal
from huiguan.records import Record, RecordQuerySet
from huiguan.states import Facts, Stateful, move

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are taken for another
CODE_LENGTH = 6


def new_code() -> str:
    """What a shop assistant types into a phone that does not know the shop yet."""
    return "".join(secrets.choice(CODE_LETTERS) for _letter in range(CODE_LENGTH))


class Category(models.TextChoices):
    """What a merchant sells; by it members look for offers."""

    DINING = "dining", _("Restaurants")
    HOTEL = "hotel", _("Hotels")
    SHOPPING = "shopping", _("Shopping")
    HEALTH = "health", _("Health")
    CAR = "car", _("Cars")
    FINANCE = "finance", _("Banks and insurers")
    LEGAL = "legal", _("Law and tax")
    PRINTING = "printing", _("Printing and advertising")
    LOGISTICS = "logistics", _("Transport")
    TRAINING = "training", _("Training")
    LEISURE = "leisure", _("Travel and leisure")
    OTHER = "other", _in("category of a merchant", "Other")


class MerchantQuerySet(RecordQuerySet):
    """Questions to the merchants."""

    def partners(self, on: datetime.date | None = None) -> "MerchantQuerySet":
        """Those whose agreement holds on a day."""
        holds = models.Q(agreed_until=None) | models.Q(agreed_until__gte=on or localdate())
        return self.filter(holds, status=Merchant.Status.PARTNER)


class Merchant(Stateful, Record):
    """Whoever has the link or the code of a merchant may count uses for it; both are made new together."""

    class Status(models.TextChoices):
        PARTNER = "partner", _in("of a merchant", "Partner")
        ENDED = "ended", _in("of a merchant", "Ended")

    personal: ClassVar[Mapping[str, Personal]] = {"contact_name": Personal.NAME}
    status_levels: ClassVar[dict[str, str]] = {"partner": "success"}
    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {"link", "code"}

    name = models.CharField(_("name"), max_length=80)
    member = models.ForeignKey(
        "members.Member", models.SET_NULL, null=True, blank=True, related_name="merchants", verbose_name=_("is member")
    )
    category = models.CharField(_("category"), max_length=10, choices=Category, default=Category.DINING)
    region = models.CharField(_("district"), max_length=40, blank=True)
    address = models.CharField(_in("of a merchant", "address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_name = models.CharField(_("contact"), max_length=40, blank=True)
    about = models.CharField(_in("of a merchant", "in a sentence"), max_length=200, blank=True)
    agreed_on = models.DateField(_("agreement of"), default=localdate)
    agreed_until = models.DateField(_("agreement until"), null=True, blank=True)
    came_by = models.ForeignKey(
        "benefits.MerchantList",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("came by a list"),
    )
    link = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code for the counter"), max_length=8, default=new_code, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.PARTNER, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(MerchantQuerySet)()

    class Meta:
        verbose_name = _("partner merchant")
        verbose_name_plural = _("partner merchants")
        ordering = ["category", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed_until=None) | models.Q(agreed_until__gte=models.F("agreed_on")),
                name="an_agreement_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A code that another merchant has is made again: nobody sees why a shop cannot be saved."""
        while self._state.adding and type(self).objects.filter(code=self.code).exists():
            self.code = new_code()
        super().save(*args, **kwargs)

    @property
    def is_partner(self) -> bool:
        """Whether its agreement holds today."""
        return self.status == self.Status.PARTNER and (self.agreed_until is None or self.agreed_until >= localdate())

    @move(
        Status.PARTNER,
        to=None,
        permission="benefits.change",
        label=_("New link and code"),
        danger=True,
        description=_("Phones that know the shop by the old ones no longer count for it."),
    )
    def renew_link(self) -> Facts:
        """When an assistant left, or a phone was lost."""
        self.link, self.code = uuid.uuid4(), new_code()
        return None

    @move(Status.PARTNER, to=Status.ENDED, permission="benefits.change", label=_("End the partnership"), danger=True)
    def end(self) -> Facts:
        """Its offers are shown to nobody and no use is counted any more."""
        return None

    @move(Status.ENDED, to=Status.PARTNER, permission="benefits.change", label=_("Partner again"))
    def resume(self) -> Facts:
        return None
