"""Papers that show how the letterhead looks; they say that they are samples."""

from collections.abc import Callable
from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy as _in

from huiguan.kit.formats import day
from huiguan.papers.kinds import Column, Item, Letter, Paper, Receipt, Report, Section, Table, Text
from huiguan.papers.models import Letterhead


def letter(letterhead: Letterhead) -> Paper:
    return Letter(
        heading=_in("on a sample", "Sample of a letter"),
        number=_in("on a sample", "Sample no. 1"),
        to=_in("on a sample", "To a member:"),
        paragraphs=[
            _in(
                "on a sample",
                "This is how letters of the chamber look. Name, logo, address and telephone are the letterhead's.",
            ),
            _in(
                "on a sample",
                "The seal lies over the chamber's name and the date, as a stamp does. Dues are paid to this account:",
            ),
        ],
        facts=letterhead.bank_facts(),
        closing=[_in("on a sample", "With this we remain"), _in("on a sample", "yours respectfully.")],
        enclosures=[_in("on a sample", "Programme of the annual meeting"), _in("on a sample", "Reply slip")],
        signatory=letterhead.signatory,
        signed_on=localdate(),
    )


def receipt(letterhead: Letterhead) -> Paper:
    return Receipt(
        heading=_in("on a sample", "Receipt (sample)"),
        number=_in("on a sample", "Sample"),
        payer=_in("on a sample", "A member enterprise"),
        items=[
            Item(_in("on a sample", "Membership dues"), 500_000, str(localdate().year)),
            Item(_in("on a sample", "Sponsorship"), 23_450),
        ],
        method=_in("on a sample", "Bank transfer"),
        note=_in("on a sample", "A sample, worth nothing"),
        remark=_in("on a sample", "A sample: no money was received."),
        signed_on=localdate(),
    )


def report(letterhead: Letterhead) -> Paper:
    columns = [
        Column(_in("on a sample", "Day"), "short"),
        Column(_in("on a sample", "Event")),
        Column(_in("on a sample", "People"), "number"),
    ]
    rows: list[list[Text]] = [
        [day(localdate() - timedelta(days=7 * n)), _in("on a sample", "A company visit"), str(10 + n)]
        for n in range(24)
    ]
    return Report(
        heading=_in("on a sample", "Sample of a report"),
        subtitle=_in("on a sample", "A member enterprise"),
        facts=[
            (_in("on a sample", "Events attended"), "24"),
            (_in("on a sample", "Introductions"), "3"),
            (_in("on a sample", "Saved"), "¥8,640"),
        ],
        sections=[
            Section(
                _in("on a sample", "Events"),
                [_in("on a sample", "A long table goes on over the pages and repeats its heading.")],
                Table(columns, rows),
            )
        ],
        signed_on=localdate(),
    )


SAMPLES: dict[str, Callable[[Letterhead], Paper]] = {"letter": letter, "receipt": receipt, "report": report}
