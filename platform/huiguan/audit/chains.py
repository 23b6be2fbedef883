"""Verifies the trail: a chamber's chain, a federation's, the site's; each against its own end."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps

from huiguan.entries import TrailEntry, first_break
from huiguan.tenancy.binding import in_chamber, in_federation, in_site
from huiguan.tenancy.models import Chamber, Domain

SITE = "site"


@dataclass(frozen=True)
class Verdict:
    """`first_break` numbers the first entry that does not fit; one after the last when entries are missing there."""

    chain: str
    entries: int
    first_break: int | None

    @property
    def is_whole(self) -> bool:
        return self.first_break is None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def of_chamber(chamber: Chamber) -> Verdict:
    with in_chamber(chamber):
        return _verify("audit", "", chamber.slug)


def of_federation(domain: Domain) -> Verdict:
    """A federation is known here by its address alone."""
    with in_federation():
        return _verify("journal", str(domain.federation_id), domain.domain.partition(".")[0])


def of_site() -> Verdict:
    """Accounts, plans, partners: what is nobody's chain but the platform's."""
    with in_site():
        return _verify("journal", SITE, SITE)


def as_the_owner_sees(schema_name: str) -> Verdict:
    """Of a chamber, within `as_owner_of`: what somebody with the owner's login has done and not committed."""
    return _verify("audit", "", schema_name, using="owner")


def all_chains() -> Iterator[Verdict]:
    yield from map(of_chamber, Chamber.objects.exclude(status=Chamber.Status.ERASED))
    yield from map(of_federation, Domain.objects.filter(is_primary=True).exclude(federation_id=None))
    yield of_site()


def _verify(book: str, scope: str, name: str, using: str = "default") -> Verdict:
    read: list[TrailEntry] = []
    entries = apps.get_model(book, "Entry")._base_manager.using(using).filter(scope=scope).order_by("number")
    broken = first_break(_remembering(entries.iterator(), read))
    if broken is not None:
        return Verdict(name, entries.count(), broken.number)
    head = apps.get_model(book, "Head")._base_manager.using(using).filter(scope=scope).first()
    last = (read[0].number, read[0].digest) if read else None
    is_the_end = last == ((head.number, head.digest) if head and head.number else None)
    return Verdict(name, entries.count(), None if is_the_end else (last[0] if last else 0) + 1)


def _remembering(entries: Iterable[TrailEntry], last: list[TrailEntry]) -> Iterator[TrailEntry]:
    """Keeps the latest in `last`: a chain may be too long to hold."""
    for entry in entries:
        last[:] = [entry]
        yield entry
