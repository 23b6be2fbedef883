"""A report as pages and papers show it: four questions, the sums of two years, one picture."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.charts import Chart, Series
from huiguan.parts import Worth

HEADINGS = {
    Worth.ATTENDED: gettext_lazy("What you took part in"),
    Worth.RECEIVED: gettext_lazy("What was done for you"),
    Worth.SAVED: gettext_lazy("What you saved"),
    Worth.PAID: gettext_lazy("What you paid"),
}
NOTHING = {
    Worth.ATTENDED: gettext_lazy("Nothing is recorded of this year."),
    Worth.RECEIVED: gettext_lazy("Nothing is recorded of this year."),
    Worth.SAVED: gettext_lazy("No saving is recorded of this year."),
    Worth.PAID: gettext_lazy("No payment is recorded of this year."),
}
SUMS = {
    "saved": _in("of a member", "Saved"),
    "paid": _in("of a member", "Paid"),
    "attended": _in("of a member", "Took part"),
    "received": _in("of a member", "Got"),
}
IN_FEN = ("saved", "paid")


def shown(content: Mapping[str, Any]) -> dict[str, Any]:
    """For a template."""
    return {
        "member": content["member"],
        "year": content["year"],
        "until": datetime.date.fromisoformat(content["until"]),
        "is_whole": content["until"] == f"{content['year']}-12-31",
        "is_empty": not content["parts"],
        "sections": sections_of(content),
        "sums": [_sum(content, name) for name in SUMS],
        "chart": chart_of(content),
    }


def sections_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The four questions in their order, each with its parts, or with the sentence that there is nothing."""
    return [
        {
            "worth": worth.value,
            "heading": HEADINGS[worth],
            "nothing": NOTHING[worth],
            "parts": [part for part in content["parts"] if part["worth"] == worth],
            "fen": content["sums"].get(worth.value) if worth.value in IN_FEN else None,
        }
        for worth in Worth
    ]


def chart_of(content: Mapping[str, Any]) -> Chart:
    """Saved and paid of both years, in yuan."""
    years = [content["year"] - 1, content["year"]]
    sums = [content["before"], content["sums"]]
    series = [Series(str(SUMS[name]), [round(each.get(name, 0) / 100) for each in sums]) for name in IN_FEN]
    return Chart(_("Saved and paid"), [str(year) for year in years], series, unit=_("yuan"))


def _sum(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    """`before` is what it was in the year before, for a person to compare."""
    now, before = content["sums"].get(name, 0), content["before"].get(name, 0)
    return {"name": name, "label": SUMS[name], "value": now, "before": before, "is_money": name in IN_FEN}
