"""Cards on sheets for the printer: ten on a page of A4, in the size of a bank card, with marks to cut along."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiguan.actors import current_actor
from huiguan.files.contents import Content
from huiguan.files.keeping import keep_files
from huiguan.files.purposes import Kind
from huiguan.kit.formats import day
from huiguan.papers.kinds import Paper, Words
from huiguan.papers.rendering import render_bound
from huiguan.progress import report
from tenants.benefits import qrs
from tenants.benefits.addresses import Addresses
from tenants.benefits.issuing import usable_cards
from tenants.benefits.models import Card, CardRun

ON_A_SHEET = 10
SHEETS_IN_A_FILE = 50
SHEETS = "benefits.sheets"


@dataclass(frozen=True, kw_only=True)
class CardSheet(Paper):
    """`cards` are {number, member, holder, until, qr}: as many as a sheet holds."""

    layout = "benefits/cards"
    words: ClassVar[Words] = {
        "card": gettext_lazy("Member card"),
        "until": gettext_lazy("Valid until"),
        "scan": gettext_lazy("Merchants scan here"),
    }

    cards: list[dict[str, str]]


def print_cards(run: CardRun) -> None:
    """Called by the run: one or more PDFs, kept as its files. Raises ValidationError when there is no card.

    All are set before the first is kept: whoever keeps something holds up everybody who writes in the chamber.
    """
    current_actor().require("benefits.issue")
    cards = list(usable_cards(run))
    if not cards:
        raise ValidationError(_("None of these members has a valid card. Issue cards first."))
    contents, done = [], 0
    for some in _batches(cards, ON_A_SHEET * SHEETS_IN_A_FILE):
        [pdf] = render_bound(_sheets_in_sight(some, done, len(cards)))
        contents.append(_content(pdf, done + 1, done + len(some)))
        done += len(some)
    keep_files(about=run, uploads=contents, purpose=SHEETS)
    run.issued = done


def sheets_of(cards: Iterable[Card]) -> Iterator[CardSheet]:
    addresses = Addresses.here()
    for some in _batches(cards, ON_A_SHEET):
        faces = [_face(card, addresses) for card in some]
        yield CardSheet(heading=_("Member cards"), signed_on=localdate(), cards=faces)


def _sheets_in_sight(cards: Iterable[Card], done: int, of: int) -> Iterator[CardSheet]:
    """Drawing the codes takes most of the time: the page hears of each sheet."""
    for number, sheet in enumerate(sheets_of(cards)):
        report("printing", done + number * ON_A_SHEET, of)
        yield sheet


def _face(card: Card, addresses: Addresses) -> dict[str, str]:
    said = {"number": str(card), "member": str(card.member), "holder": card.holder, "until": day(card.valid_until)}
    return {**said, "qr": qrs.for_paper(addresses.of_card(card))}


def _content(pdf: bytes, first: int, last: int) -> Content:
    name = _("Member cards {first} to {last}.pdf").format(first=first, last=last)
    return Content(SHEETS, name, Kind.PDF, "application/pdf", pdf)


def _batches(cards: Iterable[Card], size: int) -> Iterator[list[Any]]:
    rest = iter(cards)
    while some := list(islice(rest, size)):
        yield some
