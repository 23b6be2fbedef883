"""Measures how well a register is read: `python tests/tenants/members/register/evaluation.py FILE TRUTH [--wrong]`.

Precision is the share of the fields that were read which are right; recall the share of the fields that the cells tell
which were read. What the truth knows but the sheet does not show is not counted: see `_is_told`.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tenants.members.register import Register, Row, RowClass, read_register

TODAY = date(2025, 11, 30)
FIELDS = (
    "kind",
    "name",
    "former_name",
    "short_name",
    "credit_code",
    "legal_representative",
    "positions",
    "contacts",
    "phones",
    "industry",
    "registered_capital_wan",
    "joined",
    "dues_yuan",
    "paid",
    "wechat",
    "address",
)


@dataclass
class Score:
    """Counts of one field or class: read and right, read and wrong, told but not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def add(self, where: str, here: Any, truth: Any, *, is_same: bool) -> None:
        if is_same and here is not None:
            self.right += 1
            return
        self.wrong += here is not None
        self.missed += truth is not None
        if not is_same:
            self.examples.append(f"{where}: {here!r} instead of {truth!r}")


def evaluate(register: Register, truth: dict[str, Any]) -> dict[str, Score]:
    """Scores by field, by class (`class member`) and for pairs of duplicates, with look-alikes as wrong pairs."""
    rows = {(row.sheet, row.row): row for row in register.rows}
    written = {sheet.name: {column.heading: column.key for column in sheet.mapping} for sheet in register.sheets}
    scores = {name: Score() for name in FIELDS}
    for member in truth["members"]:
        for place in member["rows"]:
            row = rows[place["sheet"], place["row"]]
            if place["as"] != "duplicate":
                keys = written[row.sheet]
                cells = {keys.get(heading, ""): text for heading, text in row.written.items()}
                _score_fields(scores, row, member, cells)
    scores |= _score_classes(rows, truth)
    scores["duplicates"] = _score_duplicates(register, truth)
    return scores


def overall(scores: dict[str, Score]) -> Score:
    total = Score()
    for name in FIELDS:
        total.right += scores[name].right
        total.wrong += scores[name].wrong
        total.missed += scores[name].missed
    return total


def _score_fields(scores: dict[str, Score], row: Row, member: dict[str, Any], cells: dict[str, str]) -> None:
    where = f"{row.sheet} {row.row}"
    for name in FIELDS:
        here = row.fields.get(name)
        if name == "paid":
            for year, payment in _told_payments(row, member, cells):
                _score_payment(scores[name], f"{where} {year}", (here or {}).get(year), payment)
        elif _is_told(name, row, member, cells):
            expected = _expected(name, row, member, cells)
            scores[name].add(where, here, expected, is_same=_is_same(name, here, expected))


def _told_payments(row: Row, member: dict[str, Any], cells: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    """An empty cell tells nothing where the dues or the year of joining cannot be read either."""
    paid = member.get("paid_in_register", {}) if row.row_class is RowClass.MEMBER else {}
    is_silent = "dues_yuan" not in row.fields or "joined" not in row.fields
    return [(year, payment) for year, payment in paid.items() if cells.get(f"paid.{year}") or not is_silent]


def _is_told(name: str, row: Row, member: dict[str, Any], cells: dict[str, str]) -> bool:
    """Whether the row can tell this field: not if its cell is absent or unreadable, or only the author knew."""
    if row.row_class is RowClass.WITHDRAWN and name in (
        "legal_representative",
        "address",
        "industry",
        "dues_yuan",
        "wechat",
        "registered_capital_wan",
        "joined",
    ):
        return name in row.fields
    flags = {"dues_yuan": "dues_unreadable", "positions": "position_unknown"}
    if member.get(flags.get(name, "")):
        return name in row.fields
    if name == "dues_yuan" and not cells.get("dues"):
        return name in row.fields
    return True


def _expected(name: str, row: Row, member: dict[str, Any], cells: dict[str, str]) -> Any:
    """The truth, or what of it the cell shows: 张总 instead of the full name, an address without its city."""
    expected = member.get(name) or None if name != "dues_yuan" else member.get(name)
    if name == "contacts" and expected:
        if row.row_class is RowClass.WITHDRAWN:
            return [{"name": contact["name"]} for contact in expected]
        return [_as_shown(contact, cells.get("contact", "")) for contact in expected]
    written = cells.get("address", "").split("\n")[0]
    if name == "address" and expected and written and expected.endswith(written):
        return written
    return expected


def _as_shown(contact: dict[str, str], written: str) -> dict[str, str]:
    hidden = "name" if contact.get("written_as", "\0") in written else "written_as"
    return {key: value for key, value in contact.items() if key != hidden}


def _score_payment(score: Score, where: str, here: dict[str, Any] | None, truth: dict[str, Any]) -> None:
    """The method is judged only where the cell names one."""
    expected = {key: truth[key] for key in ("amount", "status")}
    shown = {key: here.get(key) for key in expected} if here else None
    is_same = shown == expected and here is not None and here.get("method") in (None, truth.get("method"))
    score.add(where, here, truth, is_same=is_same)


def _is_same(name: str, here: Any, truth: Any) -> bool:
    if name == "phones":
        return sorted(here or []) == sorted(truth or [])
    return bool(here == truth)


def _score_classes(rows: dict[tuple[str, int], Row], truth: dict[str, Any]) -> dict[str, Score]:
    scores = {f"class {row_class.value}": Score() for row_class in RowClass}
    expected = {(said["sheet"], said["row"]): said for said in truth["rows"]}
    ignored = {
        (said["sheet"], said["row"]): {"class": "ignored", "reason": said["why"]} for said in truth["ignored_rows"]
    }
    for place, said in (expected | ignored).items():
        row = rows[place]
        if row.row_class.value == said["class"]:
            scores[f"class {said['class']}"].right += 1
            continue
        scores[f"class {said['class']}"].missed += 1
        scores[f"class {row.row_class.value}"].wrong += 1
        scores[f"class {said['class']}"].examples.append(f"{place}: {row.row_class.value} {row.reason}, not {said}")
    return scores


def _score_duplicates(register: Register, truth: dict[str, Any]) -> Score:
    here = {
        frozenset((row.row, row.duplicate_of_row)): row for row in register.rows if row.duplicate_of_row is not None
    }
    there = {frozenset(pair["rows"]): pair for pair in truth["duplicates"]}
    missed = [f"not found: {sorted(pair)}" for pair in there.keys() - here.keys()]
    wrong = [
        f"wrong: {row.row} of {row.duplicate_of_row} ({row.how})" for pair, row in here.items() if pair not in there
    ]
    return Score(len(here.keys() & there.keys()), len(wrong), len(missed), missed + wrong)


def reasons(register: Register, truth: dict[str, Any]) -> Counter[str]:
    """How often the reason of an unimportable row, and the `how` of a duplicate, are the truth's own."""
    rows = {(row.sheet, row.row): row for row in register.rows}
    found: Counter[str] = Counter()
    for said in truth["rows"]:
        row = rows[said["sheet"], said["row"]]
        if "reason" in said:
            found["reason same" if row.reason == said["reason"] else "reason other"] += 1
        if "how" in said:
            found["how same" if row.how == said["how"] else f"how {row.how} not {said['how']}"] += 1
    return found


def table(scores: dict[str, Score]) -> str:
    lines = [f"{'':26}{'right':>7}{'wrong':>7}{'missed':>7}{'precision':>11}{'recall':>9}"]
    for name, score in [*scores.items(), ("all fields", overall(scores))]:
        lines.append(
            f"{name:26}{score.right:7}{score.wrong:7}{score.missed:7}{score.precision:11.2%}{score.recall:9.2%}"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    path, truth_path = Path(arguments[0]), Path(arguments[1])
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    register = read_register(path, filename=path.name, today=TODAY)
    scores = evaluate(register, truth)
    print(table(scores))
    print(dict(reasons(register, truth)))
    if "--wrong" in arguments:
        for name, score in scores.items():
            print(*(f"{name} | {example}" for example in score.examples), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
