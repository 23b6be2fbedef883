"""What belongs to a researched profile, in sections; how much of it is filled, and what is missing. [000 研究透]"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiguan.screens.fields import label_of
from tenants.members.models import Contact, Member

PERSON, GROUP = Member.Kind.INDIVIDUAL, Member.Kind.GROUP
NOTHING: tuple[Any, ...] = (None, "", [])


class Section(NamedTuple):
    """Fields that are read and changed together."""

    name: str
    label: Promise | str
    fields: tuple[str, ...]
    why: Promise | str = ""


SECTIONS = (
    Section(
        "identity",
        _("Name and registration"),
        (
            "kind", "name", "short_name", "former_name", "credit_code", "legal_representative",
            "registered_capital_wan",
        ),
    ),
    Section(
        "business",
        _("Business"),
        ("industry", "business_scope", "products", "headcount", "revenue"),
        _("What the firm does and how large it is decides which events, policies and partners concern it."),
    ),
    Section(
        "relations",
        _("Authorities"),
        ("departments",),
        _("Whom it deals with in government tells whose help it needs, and where it can open doors for others."),
    ),
    Section(
        "person",
        _("The person"),
        ("native_place", "interests"),
        _("What the person in charge likes and where they come from: only what helps to serve them, no more."),
    ),
    Section(
        "exchange",
        _("Needs and what it can give"),
        ("needs", "offers"),
        _("In your own words, for the secretariat alone. What others may read is written in the exchange."),
    ),
    Section("place", _("Location"), ("region", "address")),
    Section("membership", _("Membership"), ("joined_on", "joined_precision", "referrer", "remarks")),
)  # fmt: skip


class Wanted(NamedTuple):
    """A field that a complete profile has; `not_for` are kinds of members that have no such thing."""

    name: str
    not_for: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return str(_("mobile number")) if self.name == PHONE else label_of(Member, self.name)

    @property
    def section(self) -> str:
        return next((s.name for s in SECTIONS if self.name in s.fields), "")


PHONE = "phone"  # of any of its people
WANTED = (
    Wanted("short_name", (PERSON,)),
    Wanted("credit_code", (PERSON,)),
    Wanted("legal_representative", (PERSON,)),
    Wanted("industry"),
    Wanted("business_scope"),
    Wanted("products"),
    Wanted("headcount", (PERSON, GROUP)),
    Wanted("revenue", (PERSON, GROUP)),
    Wanted("departments"),
    Wanted("interests"),
    Wanted("needs"),
    Wanted("offers"),
    Wanted("address"),
    Wanted(PHONE),
)


RESEARCHED = [name for each in SECTIONS for name in each.fields]


def section(name: str) -> Section | None:
    return next((each for each in SECTIONS if each.name == name), None)


def missing(member: Member) -> list[Wanted]:
    """What is wanted of this member and not known; its people should be at hand."""
    return [w for w in WANTED if member.kind not in w.not_for and not _is_known(member, w.name)]


def completeness(member: Member) -> int:
    """In per cent of what is wanted of its kind."""
    wanted = sum(member.kind not in w.not_for for w in WANTED)
    return round(100 * (wanted - len(missing(member))) / wanted)


def lacking(members: Any, name: str) -> Any:
    """Those of whom one field is wanted and not known."""
    wanted = next(w for w in WANTED if w.name == name)
    return members.exclude(kind__in=wanted.not_for).filter(~_known(name))


class Filled(NamedTuple):
    """One field over many members: how many have it, of how many that should."""

    field: Wanted
    known: int
    of: int


def filled(members: Any) -> list[Filled]:
    """Each field over these members, in one query."""
    asked = {f"known_{wanted.name}": Count("pk", filter=_known(wanted.name)) for wanted in WANTED}
    kinds = list(members.order_by().values("kind").annotate(of=Count("pk"), **asked))
    return [_filled(wanted, [kind for kind in kinds if kind["kind"] not in wanted.not_for]) for wanted in WANTED]


def share(counted: Iterable[Filled]) -> float | None:
    """In per cent, over all fields."""
    counted = list(counted)
    of = sum(each.of for each in counted)
    return 100 * sum(each.known for each in counted) / of if of else None


def told_of_phones(members: Any) -> Any:
    """Each says whether anybody of it can be called, so that its people need not be read."""
    return members.annotate(has_phone=Exists(_phones().filter(member=OuterRef("pk"))))


def _filled(wanted: Wanted, kinds: list[dict[str, Any]]) -> Filled:
    return Filled(wanted, sum(kind[f"known_{wanted.name}"] for kind in kinds), sum(kind["of"] for kind in kinds))


def _phones() -> Any:
    return Contact.objects.exclude(phone="")


def _is_known(member: Member, name: str) -> bool:
    if name == PHONE:
        told: bool | None = getattr(member, "has_phone", None)
        return any(contact.phone for contact in member.contacts.all()) if told is None else told
    return getattr(member, name) not in NOTHING


def _known(name: str) -> Q:
    if name == PHONE:
        return Q(pk__in=_phones().order_by().values("member"))
    field = Member._meta.get_field(name)
    if field.null:
        return ~Q(**{name: None})
    return ~Q(**{name: [] if isinstance(field, ArrayField) else ""})
