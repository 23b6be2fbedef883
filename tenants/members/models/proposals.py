"""What a contact of a member says is wrong in the register: one field each, for the secretariat to decide. [S1]"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.ciphers.fields import EncryptedJSONField
from huiguan.personal import Erased, OnErasure
from huiguan.records import Record, RecordQuerySet
from huiguan.screens.fields import label_of, text_of
from huiguan.states import Facts, Stateful, move
from tenants.members.models.contacts import Contact
from tenants.members.models.members import Member

NEW, GONE = "+", "-"  # a person is added, or is no longer with the member
PERSON = ("name", "role", "phone", "email")  # of somebody new


class ProposalQuerySet(RecordQuerySet):
    """Questions to the proposals."""

    def open(self) -> "ProposalQuerySet":
        return self.filter(status=Proposal.Status.OPEN)


class Proposal(Stateful, Record):
    """`before` and `value` are what the register keeps, as JSON: choices by their code, decimals as text."""

    class Status(models.TextChoices):
        OPEN = "open", _in("proposal", "To be decided")
        ACCEPTED = "accepted", _in("proposal", "Taken over")
        REJECTED = "rejected", _in("proposal", "Not taken over")
        UNDONE = "undone", _in("proposal", "Taken back")

    erasure = OnErasure(Erased.BLANKED, also=("before", "value"))
    status_levels: ClassVar[dict[str, str]] = {"open": "warning", "accepted": "success", "rejected": "danger"}
    trail_excludes: ClassVar[frozenset[str]] = Record.trail_excludes | {
        "before",
        "value",
    }  # the record's own trail has them

    member = models.ForeignKey(Member, models.CASCADE, related_name="proposals", verbose_name=_("member"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="proposals", verbose_name=_("about whom")
    )
    by_contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, related_name="+", verbose_name=_in("proposal", "by whom")
    )
    is_of_person = models.BooleanField(default=False, editable=False)
    field = models.CharField(max_length=40, editable=False)
    before = EncryptedJSONField(null=True, editable=False)
    value = EncryptedJSONField(null=True, editable=False)
    is_at_once = models.BooleanField(_("applied at once"), default=False, editable=False)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.OPEN, editable=False)

    objects: ClassVar[Any] = models.Manager.from_queryset(ProposalQuerySet)()

    class Meta:
        verbose_name = _("correction by a member")
        verbose_name_plural = _("corrections by members")
        ordering = ["-id"]
        indexes = [models.Index(fields=["member"], name="open_proposals", condition=models.Q(status="open"))]

    def __str__(self) -> str:
        return f"{self.member} · {self.what()}"

    def trail_text(self) -> str:
        return str(self.member)

    def what(self) -> str:
        """The field, in words; of a person with the name."""
        if self.field == NEW:
            return _now("New contact")
        if self.field == GONE:
            return _now("No longer with the member: {name}").format(name=self._name())
        label = label_of(self._model(), self.field) if self._field() else self.field
        return f"{self._name()} · {label}" if self.is_of_person else label

    def said_before(self) -> str:
        return self._said(self.before)

    def said_value(self) -> str:
        return self._said(self.value)

    def said_by(self) -> str:
        return self.by_contact.name if self.by_contact else ""

    what.short_description = _("What is corrected")  # type: ignore[attr-defined]
    said_before.short_description = _("In the register")  # type: ignore[attr-defined]
    said_value.short_description = _("As the member says")  # type: ignore[attr-defined]
    said_by.short_description = _in("proposal", "by whom")  # type: ignore[attr-defined]

    @move(Status.OPEN, to=Status.ACCEPTED, permission="members.change", label=_("Take over"))
    def accept(self) -> Facts:
        """Raises ValidationError when the register cannot hold it, such as a credit code that another member has."""
        self._write(self.value)
        return None

    @move(Status.OPEN, to=Status.REJECTED, permission="members.change", label=_("Do not take over"), danger=True)
    def reject(self) -> Facts:
        return None

    @move(
        Status.OPEN, Status.ACCEPTED, to=Status.UNDONE, permission="members.change", label=_("Take back"), danger=True
    )  # fmt: skip
    def take_back(self) -> Facts:
        """What was taken over is as before, unless it was changed again since then."""
        if self.status == self.Status.ACCEPTED:
            self._restore()
        return None

    def _name(self) -> str:
        return self.contact.name if self.contact else "—"

    def _said(self, kept: Any) -> str:
        """As a person reads it."""
        if self.field in (NEW, GONE):
            return " · ".join(kept[name] for name in PERSON if kept.get(name)) if kept else ""
        if self._field() is None:
            return text_of(kept)
        made = self._model()(**{self.field: self._python(kept)})
        display = getattr(made, f"get_{self.field}_display", None)
        return text_of(display() if display else getattr(made, self.field))

    def _python(self, kept: Any) -> Any:
        return self._model()._meta.get_field(self.field).to_python(kept)  # type: ignore[union-attr]

    def _model(self) -> type[Contact] | type[Member]:
        return Contact if self.is_of_person else Member

    def _field(self) -> Any:
        """None for a field that there is no more."""
        return next((each for each in self._model()._meta.concrete_fields if each.name == self.field), None)

    def _write(self, kept: Any) -> None:
        if self.field == NEW:
            person = Contact(member=self.member, order=self.member.contacts.count(), **(kept or {}))
            person.full_clean()
            person.save()
            self.contact = person
        elif self.field == GONE:
            self._remove()
        else:
            self._set(kept)

    def _remove(self) -> None:
        person, self.contact = self.contact, None
        if person is not None:
            person.delete()

    def _set(self, kept: Any) -> None:
        """Who changes their own number is the same person: their link goes on working."""
        from huiguan.own.actions import keep_bound

        target = self.contact if self.is_of_person else self.member
        if target is None:
            raise ValidationError(_now("The contact is no longer in the register."))
        setattr(target, self.field, self._python(kept))
        target.clean_fields(exclude={f.name for f in target._meta.fields if f.name != self.field})
        target.validate_constraints()
        target.save()
        if self.is_of_person and self.by_contact_id == target.pk:
            keep_bound(target, self.field)

    def _restore(self) -> None:
        if self.field == GONE:
            self.contact = Contact.objects.create(member=self.member, **(self.before or {}))
        elif self.field == NEW:
            self._remove()
        elif self._is_as_written():
            self._set(self.before)
        else:
            raise ValidationError(_now("It was changed again since then."))

    def _is_as_written(self) -> bool:
        target = self.contact if self.is_of_person else self.member
        return target is not None and getattr(target, self.field) == self._python(self.value)
