"""The kinds of papers, as what they say: a layout of the same name says how it looks.

A folder may have kinds of its own: a subclass of Paper whose `layout` is `<app label>/<name>`, set by the file
`papers/<name>.typ` of its folder.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import day, yuan_of
from huiguan.papers.amounts import in_capitals
from huiguan.papers.dates import in_characters

Text = str | Promise
Pairs = Sequence[tuple[Text, Text]]
Words = Mapping[str, Text]
WORDS_OF_ALL: Words = {"page": _in("on a paper", "Page {page} of {pages}")}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """`heading` stands on the paper and is the title of the file."""

    layout: ClassVar[str]
    words: ClassVar[Words] = {}

    heading: Text
    signed_by: Text = ""  # the letterhead's name when empty
    signed_on: datetime.date

    def context(self) -> dict[str, Any]:
        """What the layout reads."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Letter(Paper):
    """`closing` is 此致 and 敬礼, or one line; `facts` stand in a table, such as the account to pay to."""

    layout = "letter"
    words = {"enclosures": _in("on a letter", "Enclosures: ")}

    paragraphs: Sequence[Text]
    to: Text = ""
    number: Text = ""
    facts: Pairs = ()
    closing: Sequence[Text] = ()
    enclosures: Sequence[Text] = ()
    signatory: Text = ""

    def context(self) -> dict[str, Any]:
        return {**super().context(), "date": in_characters(self.signed_on)}


@dataclass(frozen=True)
class Item:
    """A line of a receipt."""

    what: Text
    fen: int
    period: Text = ""


@dataclass(frozen=True, kw_only=True)
class Receipt(Paper):
    """For money that was received. The sum is reckoned here, never given."""

    layout = "receipt"
    words = {
        "date": _in("on a receipt", "Date: "),
        "number": _in("on a receipt", "No. "),
        "payer": _in("on a receipt", "Received from"),
        "what": _in("on a receipt", "For"),
        "period": _in("on a receipt", "Period"),
        "amount": _in("on a receipt", "Amount (yuan)"),
        "total": _in("on a receipt", "Total"),
        "in_capitals": _in("on a receipt", "Renminbi (in words)"),
        "method": _in("on a receipt", "Paid by"),
        "note": _in("on a receipt", "Note"),
        "payee": _in("on a receipt", "Received by (seal): "),
        "handled_by": _in("on a receipt", "Handled by: "),
        "checked_by": _in("on a receipt", "Checked by: "),
    }

    number: Text
    payer: Text
    items: Sequence[Item]
    method: Text = ""
    note: Text = ""
    handled_by: Text = ""
    checked_by: Text = ""
    remark: Text = ""

    def context(self) -> dict[str, Any]:
        total = sum(item.fen for item in self.items)
        items = [{"what": i.what, "period": i.period, "amount": yuan_of(i.fen)} for i in self.items]
        said = {"date": day(self.signed_on), "total": f"¥{yuan_of(total)}", "total_in_capitals": in_capitals(total)}
        return {**super().context(), **said, "items": items}


@dataclass(frozen=True)
class Column:
    """A `short` column is as wide as its words, `text` takes the rest, a `number` stands right."""

    label: Text
    kind: Literal["text", "short", "number"] = "text"


@dataclass(frozen=True)
class Table:
    columns: Sequence[Column]
    rows: Sequence[Sequence[Text]]


@dataclass(frozen=True)
class Section:
    heading: Text
    paragraphs: Sequence[Text] = ()
    table: Table | None = None


@dataclass(frozen=True, kw_only=True)
class Report(Paper):
    """`facts` are the few figures to be seen first, at most four in a row."""

    layout = "report"

    sections: Sequence[Section]
    subtitle: Text = ""
    facts: Pairs = ()

    def context(self) -> dict[str, Any]:
        return {**super().context(), "date": in_characters(self.signed_on)}
