"""A report as a paper: the same words as its page, with the two years as bars."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext as _in

from huiguan.kit.formats import day, money, yuan_of
from huiguan.papers.kinds import Column, Pairs, Paper, Section, Table, Text, Words
from tenants.value.presenting import IN_FEN, SUMS, sections_of


@dataclass(frozen=True)
class Bar:
    """`share` of the longest, 0 to 1."""

    label: Text
    amount: str
    share: float
    is_before: bool


@dataclass(frozen=True, kw_only=True)
class ValuePaper(Paper):
    """`thanks` stands before everything, `bars` compare two years, `sections` are the four questions."""

    layout = "value/report"
    words: ClassVar[Words] = {"bars": gettext_lazy("Saved and paid, beside the year before")}

    subtitle: Text
    thanks: Text
    facts: Pairs
    bars: Sequence[Bar]
    sections: Sequence[Section]
    closing: Text

    def context(self) -> dict[str, Any]:
        return {**super().context(), "date": day(self.signed_on)}


def paper_of(content: Mapping[str, Any]) -> ValuePaper:
    said = {"member": content["member"], "year": content["year"]}
    until = datetime.date.fromisoformat(content["until"])
    return ValuePaper(
        heading=_("Report of value {year}").format(**said),
        subtitle=_("{member} · until {day}").format(member=content["member"], day=day(until)),
        thanks=thanks_of(content),
        facts=facts_of(content),
        bars=bars_of(content),
        sections=[_section(each) for each in sections_of(content)] if content["parts"] else [],
        closing=closing_of(content),
        signed_on=max(until, localdate()) if until.year == localdate().year else localdate(),
    )


def thanks_of(content: Mapping[str, Any]) -> str:
    if not content["parts"]:
        return _("Thank you for belonging to our chamber.")
    said = _("Thank you for belonging to our chamber. This is what {year} with us was for you.")
    return said.format(year=content["year"])


def facts_of(content: Mapping[str, Any]) -> Pairs:
    """Four zeros tell nothing."""
    if not content["parts"]:
        return ()
    return [(SUMS[name], _written(content["sums"].get(name, 0), name)) for name in SUMS]


def closing_of(content: Mapping[str, Any]) -> str:
    """Honest where there is nothing to tell."""
    if not content["parts"]:
        return _("Nothing of this year is recorded in our books. Tell us what you need: that comes first.")
    return _("Amounts stand where our books show what they rest on. What cannot be said in money has none.")


def bars_of(content: Mapping[str, Any]) -> list[Bar]:
    """None where neither year has an amount."""
    rows = [(name, sums, at) for name in IN_FEN for at, sums in enumerate((content["before"], content["sums"]))]
    longest = max(sums.get(name, 0) for name, sums, _at in rows)
    if longest <= 0:
        return []
    return [
        Bar(
            f"{SUMS[name]} {content['year'] - 1 + at}",
            money(sums.get(name, 0)),
            max(0, sums.get(name, 0)) / longest,
            not at,
        )
        for name, sums, at in rows
    ]


def _section(each: Mapping[str, Any]) -> Section:
    if not each["parts"]:
        return Section(each["heading"], [each["nothing"]])
    has_fen = any(line["fen"] is not None for part in each["parts"] for line in part["lines"])
    columns = [Column(_("What"), "text"), Column(_("Basis"), "text"), Column(_("Yuan"), "number")]
    rows = [row for part in each["parts"] for row in _rows(part)]
    if each["fen"]:
        rows.append([_in("of a table", "In all"), "", yuan_of(each["fen"])])
    if not has_fen:
        columns, rows = columns[:1], [row[:1] for row in rows]
    return Section(each["heading"], table=Table(columns, rows))


def _rows(part: Mapping[str, Any]) -> list[list[str]]:
    return [
        [f"{part['label']}：{line['text']}", line["basis"], "" if line["fen"] is None else yuan_of(line["fen"])]
        for line in part["lines"]
    ]


def _written(value: int, name: str) -> str:
    return money(value) if name in IN_FEN else str(value)
