"""Everything that a chamber keeps of a person: found by what models declare, in every folder. [PIPL 45, 47]"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Q

from huiguan.personal import Erased, OnErasure, Personal
from huiguan.records import Record


@dataclass(frozen=True)
class Person:
    """Known by their name and by every number and address; `members` are persons' own entries in the register."""

    name: str
    contacts: list[Any]
    members: list[Any]
    addresses: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def hindrance(self) -> Any:
        """An entry that must leave the register first; None where nothing stands against an erasure."""
        return next((member for member in self.members if member.status == "active"), None)


@dataclass(frozen=True)
class Part:
    """What one kind of record holds of the person, and what becomes of it."""

    model: Any
    rows: list[Any]
    erasure: OnErasure

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)


def person_of(contact: Any) -> Person:
    """The same person at several members is one: told by name together with a number or an address of theirs."""
    own = _addresses(contact)
    named = list(type(contact).objects.filter(name=contact.name).select_related("member"))
    contacts = [c for c in named if c.pk == contact.pk or own & _addresses(c)]
    addresses = frozenset(address for each in contacts for address in _addresses(each))
    members = {c.member.pk: c.member for c in contacts if c.member.is_person and c.member.name == contact.name}
    return Person(contact.name, contacts, list(members.values()), addresses)


def parts_of(person: Person) -> list[Part]:
    """In the order in which they can be erased: what hangs on others before what it hangs on."""
    found = (Part(model, rows, _erasure(model)) for model in _models() if (rows := list(_rows(model, person))))
    order = (Erased.STAYS, Erased.BLANKED, Erased.GONE)
    return sorted(found, key=lambda part: (order.index(part.erasure.how), part.model._meta.label))


def mentions_of(person: Person) -> list[tuple[Any, str]]:
    """Free words elsewhere that perhaps name the person: for somebody to read, because no program can tell."""
    found: list[tuple[Any, str]] = []
    held = {row.pk for part in parts_of(person) for row in part.rows}
    for model in _models():
        texts = [f.name for f in model._meta.concrete_fields if f.get_internal_type() == "TextField" and f.editable]
        for name in texts:
            hits = model._base_manager.filter(**{f"{name}__contains": person.name}).exclude(pk__in=held)
            found += [(row, name) for row in hits[:20]]
    return found


def _rows(model: Any, person: Person) -> Any:
    for label, own in (("members.Member", person.members), ("members.Contact", person.contacts)):
        if model._meta.label == label:
            return model._base_manager.filter(pk__in=[row.pk for row in own])
    asked = Q(pk__in=[]) | _by_relation(model, person) | _by_address(model, person)
    if hasattr(model, "of_person"):  # what no relation tells
        asked |= model.of_person(person)
    return model._base_manager.filter(asked).distinct().order_by("pk")


def _by_relation(model: Any, person: Person) -> Q:
    """Rows of the contact; of the entry of a person, which are the person's too."""
    asked, keys = Q(), {"members.Contact": person.contacts, "members.Member": person.members}
    for each in _relations(model):
        label = each.related_model._meta.label
        if rows := keys.get(label):
            asked |= Q(**{f"{each.name}__in": [row.pk for row in rows]})
    about = [*person.contacts, *person.members]
    if _is_about_a_record(model):
        asked |= Q(record_label__in=["members.Contact", "members.Member"], record_id__in=[row.pk for row in about])
    return asked


def _by_address(model: Any, person: Person) -> Q:
    """One of their numbers or addresses, under their name where a name is kept: others may share a telephone."""
    numbers, named = Q(), Q()
    for name, kind in model.personal.items():
        if kind == Personal.NAME:
            named |= Q(**{name: person.name})
        elif person.addresses:
            numbers |= Q(**{f"{name}__in": person.addresses})
    return numbers & named if numbers else Q()


def _erasure(model: Any) -> OnErasure:
    """As declared; without a word, what is personal is blanked, and a mere relation is only let go."""
    if model.erasure is not None:
        declared: OnErasure = model.erasure
        return declared
    return OnErasure(Erased.BLANKED)


def _models() -> Iterator[Any]:
    kept = (m for m in apps.get_models() if issubclass(m, Record) and not getattr(m, "is_added_to_only", False))
    return (m for m in kept if m.personal or m.erasure or _relations(m) or _is_about_a_record(m))


def _is_about_a_record(model: Any) -> bool:
    return {"record_label", "record_id"} <= {f.name for f in model._meta.concrete_fields}


def _relations(model: Any) -> list[Any]:
    """To a contact or a member."""
    wanted = {"members.Contact", "members.Member"}
    keys = (f for f in model._meta.concrete_fields if isinstance(f, ForeignKey))
    return [f for f in keys if getattr(f.related_model, "_meta", None) and f.related_model._meta.label in wanted]


def _addresses(contact: Any) -> frozenset[str]:
    """Without words such as 同手机, which many have."""
    others = contact.other_phone.replace("、", " ").split()
    known = [contact.phone, contact.email, contact.wechat, *others]
    return frozenset(each for each in known if len(each) > 5 and each.isascii())
