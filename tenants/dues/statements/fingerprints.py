"""Recognises a transaction that an earlier statement showed already, whatever its columns and its order."""

import hashlib
from collections import Counter

from huiguan.names.organisations import plain_name
from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.entries import Entry


class Fingerprints:
    """Equal transactions of a day are told apart by their number, so entries must come in the order of booking."""

    def __init__(self, account: str) -> None:
        self._account, self._seen = account, Counter[str]()

    def of(self, entry: Entry) -> str:
        said = _facts(entry) if entry.balance is not None else f"{self._account}|{_words(entry)}"
        self._seen[said] += 1
        return hashlib.sha256(f"{said}|{self._seen[said]}".encode()).hexdigest()[:32]


def _facts(entry: Entry) -> str:
    """Day, amount and balance say which transaction it is; how its words are spread over columns differs."""
    return f"{entry.on}|{entry.amount.fen}|{entry.balance}"


def _words(entry: Entry) -> str:
    """Without a balance, everything else it says."""
    words = sorted(fold(entry.texts[field]) for field in ("summary", "remark", "reference"))
    party = plain_name(entry.texts["party"] or entry.texts["payer"] + entry.texts["payee"])
    return "|".join([str(entry.on), str(entry.at), str(entry.amount.fen), party, *words])
