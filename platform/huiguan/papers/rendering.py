"""Makes PDFs of papers: one, many one by one, or many bound together for printing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from huiguan.actors import current_actor
from huiguan.limits import TooMuch, run_limited
from huiguan.papers import fonts
from huiguan.papers.kinds import WORDS_OF_ALL, Paper
from huiguan.papers.layouts import files_for
from huiguan.papers.plain import as_json
from huiguan.papers.stationery import Stationery

AT_ONCE = 50  # papers for one child: what it costs to start one is then nothing, and progress is seen
BOUND = 200  # papers in one file for printing: more needs more memory than a child has
REGIONS = {"zh-hans": "CN", "zh-hant": "TW"}  # of the language, for the shapes of punctuation

Group = tuple[str, list[str]]  # a layout, and the contexts of one file


@dataclass(frozen=True)
class Rendered:
    """One of many: its PDF, or the reason why there is none, for a person."""

    paper: Paper
    pdf: bytes = b""
    problem: str = ""


@dataclass(frozen=True)
class Printer:
    """Turns papers into what the engine reads, and hands it over."""

    stationery: Stationery
    sealed: bool
    language: str

    def said_by(self, paper: Paper) -> str:
        """The whole context of a paper as JSON, in its language. Raises ValidationError."""
        with translation.override(self.language):
            said = {
                **paper.context(),
                "title": paper.heading,
                "signed_by": paper.signed_by or self.stationery.letterhead["name"],
                "words": {**WORDS_OF_ALL, **paper.words},
                "letterhead": self.stationery.letterhead,
                "sealed": self.sealed,
                "region": REGIONS.get(self.language, "CN"),
            }
            return as_json(said)

    def set(self, groups: Sequence[Group]) -> list[bytes]:
        """One PDF for each group."""
        if not groups:
            return []
        files = {name: content for layout, _contexts in groups for name, content in files_for(layout).items()}
        try:
            made: list[bytes] = run_limited(
                "huiguan.papers.engine:render", str(fonts.folder()), {**files, **self.stationery.pictures}, groups
            )
        except TooMuch as error:
            raise ValidationError(_("The paper is too long to be made.")) from error
        return made


def render_pdf(
    paper: Paper, *, sealed: bool = False, stationery: Stationery | None = None, language: str = settings.LANGUAGE_CODE
) -> bytes:
    """In Chinese on the bound chamber's stationery, when nothing else is said.

    Raises ValidationError for a person: characters that no font has, no seal to put on it; NotAllowed without the
    permission to seal.
    """
    printer = _printer(stationery, sealed, language)
    [made] = printer.set([(paper.layout, [printer.said_by(paper)])])
    return made


def render_many(
    papers: Iterable[Paper],
    *,
    sealed: bool = False,
    stationery: Stationery | None = None,
    language: str = settings.LANGUAGE_CODE,
) -> Iterator[Rendered]:
    """Each as it is ready, in their order; one that cannot be made does not keep the others."""
    printer = _printer(stationery, sealed, language)
    for some in _some_at_once(papers, AT_ONCE):
        yield from _each(printer, some)


def render_bound(
    papers: Iterable[Paper],
    *,
    sealed: bool = False,
    stationery: Stationery | None = None,
    language: str = settings.LANGUAGE_CODE,
) -> Iterator[bytes]:
    """For the printer: files of up to 200 papers of one layout. Raises ValidationError at the first with a fault."""
    printer = _printer(stationery, sealed, language)
    for some in _some_at_once(papers, BOUND):
        yield from printer.set([(some[0].layout, [printer.said_by(paper) for paper in some])])


def _printer(stationery: Stationery | None, sealed: bool, language: str) -> Printer:
    used = stationery or Stationery.current()
    if sealed:
        current_actor().require("papers.seal")
        if not used.has_seal:
            raise ValidationError(_("There is no picture of the seal yet. Add it to the letterhead first."))
    return Printer(used, sealed, language)


def _each(printer: Printer, papers: Sequence[Paper]) -> Iterator[Rendered]:
    """All are read before any is set, so that those at fault are told apart."""
    said = [_said_or_problem(printer, paper) for paper in papers]
    pdfs = iter(printer.set([(paper.layout, [text]) for paper, (text, _p) in zip(papers, said, strict=True) if text]))
    for paper, (text, problem) in zip(papers, said, strict=True):
        yield Rendered(paper, next(pdfs) if text else b"", problem)


def _said_or_problem(printer: Printer, paper: Paper) -> tuple[str, str]:
    try:
        return printer.said_by(paper), ""
    except ValidationError as error:
        return "", " ".join(error.messages)


def _some_at_once(papers: Iterable[Paper], number: int) -> Iterator[list[Paper]]:
    rest = iter(papers)
    while some := list(islice(rest, number)):
        yield some
