"""Which members may be entered twice: by the rules that a register is read by, and by shared telephones."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenants.members.models import Member, Merge
from tenants.members.register.likeness import Likeness, compare
from tenants.members.register.rows import Row, RowClass

MOST_ALIKE = 20  # members that share a key; of more, it is the key of an office or a placeholder
SAME_PHONE = "same_phone"
# What the rules' codes mean to a person; the first that fits.
REASONS: tuple[tuple[str, Promise | str], ...] = (
    ("maybe_wrong_code", _("The same credit code under another name")),
    ("maybe_other_code", _("The same name with two credit codes")),
    ("maybe_other_place", _("The same name in two places, the same people")),
    ("same_code", _("The same credit code")),
    ("former_name_same_code", _("The same credit code")),
    ("former_name", _("The former name of the other")),
    ("maybe_name_variant", _("A similar name")),
    ("name_variant", _("A similar name, the same person and telephone")),
    ("short_name", _("A similar name, the same person and telephone")),
    ("same_person", _("The same person and telephone")),
    ("maybe_same_person", _("A person of the same name")),
    (SAME_PHONE, _("The same telephone")),
    ("", _("The same name")),
)


class Pair(NamedTuple):
    """Two members that may be one, the one that should stay first; and why."""

    one: Member
    other: Member
    how: str
    is_certain: bool

    @property
    def members(self) -> tuple[Member, Member]:
        return self.one, self.other

    @property
    def reason(self) -> Promise | str:
        return reason_of(self.how)


def suggestions() -> list[Pair]:
    """The certain ones first; what a person said is not the same is not asked again."""
    members = list(Member.objects.active().prefetch_related("contacts"))
    rows = {member.pk: row_of(number, member) for number, member in enumerate(members)}
    refused = dismissed()
    found = (
        _pair(one, other, rows)
        for one, other in _candidates(members, rows)
        if frozenset({one.pk, other.pk}) not in refused
    )
    return sorted(
        filter(None, found), key=lambda pair: (not pair.is_certain, pair.how == SAME_PHONE, pair.one.sort_key)
    )


def reason_of(how: str) -> Promise | str:
    """What a code of the rules means to a person."""
    return next(text for code, text in REASONS if how.startswith(code))


def dismissed() -> set[frozenset[Any]]:
    pairs = Merge.objects.filter(status=Merge.Status.DISMISSED).values_list("kept_id", "gone_id")
    return {frozenset(pair) for pair in pairs}


def row_of(number: int, member: Member) -> Row:
    """The member as a register would hold it. What it was written in is told apart, so that no two are one row."""
    people = list(member.contacts.all())
    fields = {
        "kind": member.kind,
        "name": member.name,
        "former_name": member.former_name,
        "legal_representative": member.legal_representative,
        "contacts": [{"name": person.name} for person in people],
        "phones": [person.phone for person in people if person.phone],
        **({"credit_code": member.credit_code} if member.credit_code else {}),
    }
    row = Row("", number, RowClass.MEMBER, fields=fields, written={"key": str(member.pk)}, written_name=member.name)
    row.written_code = member.credit_code
    return row


def better(one: Member, other: Member) -> tuple[Member, Member]:
    """Which of two should stay: one with a code, of whom more is known, that was there first."""
    ranked = sorted((one, other), key=lambda m: (m.status, not m.credit_code, -len(_known(m)), m.created_at))
    return ranked[0], ranked[1]


def _known(member: Member) -> list[str]:
    return [f.name for f in member._meta.concrete_fields if getattr(member, f.attname) not in (None, "", [])]


def _candidates(members: Iterable[Member], rows: dict[Any, Row]) -> Iterator[tuple[Member, Member]]:
    """Pairs that share a key: others are never compared."""
    by_key: dict[str, list[Member]] = {}
    for member in members:
        row = rows[member.pk]
        for key in {*Likeness.keys(row), *(f"phone {phone}" for phone in row.fields["phones"])}:
            by_key.setdefault(key, []).append(member)
    seen: set[frozenset[Any]] = set()
    for alike in by_key.values():
        for one, other in combinations(alike, 2) if len(alike) <= MOST_ALIKE else ():
            if (keys := frozenset({one.pk, other.pk})) not in seen:
                seen.add(keys)
                yield one, other


def _pair(one: Member, other: Member, rows: dict[Any, Row]) -> Pair | None:
    one, other = better(one, other)
    likeness = compare(rows[one.pk], rows[other.pk])
    if likeness.how:
        return Pair(one, other, likeness.how, likeness.is_certain)
    shared = set(rows[one.pk].fields["phones"]) & set(rows[other.pk].fields["phones"])
    return Pair(one, other, SAME_PHONE, False) if shared else None
