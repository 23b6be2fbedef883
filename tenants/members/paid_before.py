"""What the register noted of the dues of earlier years, kept as it was: no charge and no payment, but a hint. [T11]"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import money

Notes = Mapping[str, Mapping[str, Any]]  # by year: `status` (a key of STATUSES), and `fen` where an amount was noted
STATUSES = {
    "paid": _in("in a register", "paid"),
    "partial": _in("in a register", "paid in part"),
    "unpaid": _in("in a register", "not paid"),
    "deferred": _in("in a register", "deferred"),
    "waived": _in("in a register", "waived"),
    "refunded": _in("in a register", "paid back"),
    "not_due": _in("in a register", "not due"),
}


def notes_of(paid: Mapping[str, Mapping[str, Any]] | None) -> dict[str, dict[str, Any]]:
    """From the `paid` of a register's row, whose amounts are yuan."""
    return {year: _note(said) for year, said in sorted((paid or {}).items())}


def in_words(notes: Notes) -> str:
    """For the trail and the member's page."""
    return "；".join(_in_words(year, note) for year, note in sorted(notes.items(), reverse=True))


def _note(said: Mapping[str, Any]) -> dict[str, Any]:
    amount = said.get("amount")
    return {"status": said["status"], **({"fen": round(100 * amount)} if amount else {})}


def _in_words(year: str, note: Mapping[str, Any]) -> str:
    status = STATUSES.get(note["status"], note["status"])
    amount = money(note["fen"]) if note.get("fen") else ""
    return _("{year}: {status} {amount}").format(year=year, status=status, amount=amount).strip()
