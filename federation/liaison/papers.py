"""Adopted minutes as a PDF: the words that were hashed, and their fingerprint below."""

import datetime

from django.utils.translation import gettext_lazy as _

from huiguan.papers.kinds import Letter
from huiguan.papers.rendering import render_pdf
from huiguan.papers.stationery import ACCENT, Stationery


def minutes_pdf(*, words: str, digest: str, adopted_on: datetime.date, federation: str) -> bytes:
    """On the federation's own paper, whoever prints it. The first line of the minutes is their heading."""
    heading, *lines = [line.strip() for line in words.splitlines() if line.strip()]
    fingerprint = _("These words were adopted by all chambers that were there. SHA-256: {digest}")
    paper = Letter(
        heading=heading,
        paragraphs=[*lines, fingerprint.format(digest=" ".join(_in_eights(digest)))],
        signed_by=federation,
        signed_on=adopted_on,
    )
    return render_pdf(paper, stationery=_stationery(federation))


def _in_eights(digest: str) -> list[str]:
    """A paper breaks lines only between words."""
    return [digest[at : at + 8] for at in range(0, len(digest), 8)]


def _stationery(name: str) -> Stationery:
    plain: dict[str, str | None] = {"name": name, "subtitle": "", "address": "", "phone": ""}
    return Stationery({**plain, "accent": ACCENT, "logo": None, "seal": None})
