"""The people who speak for a member 联系人. [S1]"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedCharField, EncryptedEmailField
from huiguan.personal import Erased, OnErasure, Personal, mask
from huiguan.records import Record
from tenants.members.models.members import Member


class Contact(Record):
    """A person of a member 联系人."""

    personal: ClassVar[Mapping[str, Personal]] = {
        "name": Personal.NAME, "phone": Personal.CONTACT, "other_phone": Personal.CONTACT, "wechat": Personal.CONTACT,
        "email": Personal.CONTACT,
    }  # fmt: skip

    erasure = OnErasure(Erased.GONE)

    member = models.ForeignKey(Member, models.CASCADE, related_name="contacts", verbose_name=_("member"))
    name = models.CharField(_in("of a person", "name"), max_length=40)
    role = models.CharField(_in("in a firm", "role"), max_length=40, blank=True)
    phone = EncryptedCharField(_("mobile"), max_length=30, blank=True, is_searched=True)
    other_phone = EncryptedCharField(_("other number"), max_length=60, blank=True, is_searched=True)
    wechat = EncryptedCharField(_("WeChat"), max_length=40, blank=True, is_searched=True)
    email = EncryptedEmailField(_("e-mail"), blank=True, is_searched=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.name} · {self.role}" if self.role else self.name

    def trail_text(self) -> str:
        return mask(Personal.NAME, self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A member is found by its people too; who changed to another member is found there alone."""
        before = type(self)._base_manager.filter(pk=self.pk).values_list("member", flat=True)
        members = {self.member_id, *before}
        super().save(*args, **kwargs)
        _index(members)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        _index({self.member_id})
        return deleted

    @classmethod
    def forget_copies(cls, contacts: list["Contact"]) -> None:
        """What members are found by held their telephones once."""
        _index({contact.member_id for contact in contacts})


def _index(members: set[Any]) -> None:
    for member in Member.objects.filter(pk__in=members):
        member.save()
