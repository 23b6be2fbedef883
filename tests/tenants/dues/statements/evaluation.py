"""Measures the matching: `python -m tests.tenants.dues.statements.evaluation [demo|street|trade] [--wrong]`.

Precision is the share of the lines matched by themselves that are right: the truth has them matched too, to the same
members, years and amounts. Recall is the share of the lines that can be matched by themselves which were. A line that
is put to a person should be one that the truth puts to a person; one that is called no dues should be none.
"""

import os
import sys
from collections import Counter
from dataclasses import dataclass, field

import django

from tenants.dues.statements import Match, Matched
from tests.tenants.dues.statements.cases import CASES, Answer, Case


@dataclass
class Score:
    """Counts over the lines of a statement; `by_kind` are pairs of the kind and what became of it."""

    right: int = 0
    wrong: int = 0
    matchable: int = 0
    agree: int = 0  # auto, review or none as the truth says
    lines: int = 0
    lost: int = 0  # dues that were called none
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.matchable if self.matchable else 1.0


def evaluate(case: Case) -> Score:
    score = Score(matchable=sum(answer.match == "auto" for answer in case.answers.values()))
    for matched, answer in case.pairs():
        _count(score, matched, answer)
    unread = len(case.answers) - score.lines
    score.examples += [f"{unread} lines were not read"] if unread else []
    return score


def is_right(matched: Matched, answer: Answer) -> bool:
    return answer.match == "auto" and _said(matched) == sorted(answer.allocations)


def _count(score: Score, matched: Matched, answer: Answer) -> None:
    is_auto = matched.match is Match.AUTO
    right = is_auto and is_right(matched, answer)
    score.lines += 1
    score.right += right
    score.wrong += is_auto and not right
    score.agree += matched.match.value == answer.match
    score.lost += matched.match is Match.NONE and answer.match != "none"
    score.by_kind[answer.kind, "right" if right else "WRONG" if is_auto else matched.match.value] += 1
    if (is_auto and not right) or matched.match.value != answer.match:
        score.examples.append(_example(matched, answer))


def _said(matched: Matched) -> list[tuple[str, int, int]]:
    return sorted((each.member, each.year, each.fen) for each in matched.allocations)


def _example(matched: Matched, answer: Answer) -> str:
    line = matched.line
    what = f"{line.row} {line.booked_on} {line.party} {line.amount_fen / 100:g} {line.remark or line.summary}"
    candidates = [candidate.member for candidate in matched.candidates]
    return f"{what}\n    {matched.match} {_said(matched)} ?{candidates}: {matched.reason}\n    truth: {answer}"


def table(name: str, score: Score) -> str:
    lines = [
        f"{name}: {score.lines} lines; precision {score.precision:.2%} ({score.right} of {score.right + score.wrong}); "
        f"recall {score.recall:.2%} ({score.right} of {score.matchable}); "
        f"as the truth says {score.agree / max(1, score.lines):.2%}; dues called none {score.lost}"
    ]
    kinds = dict.fromkeys(kind for kind, _ in score.by_kind)
    for kind in sorted(kinds):
        found = {what: n for (other, what), n in sorted(score.by_kind.items()) if other == kind}
        lines.append(f"  {kind:32} " + "  ".join(f"{what} {n}" for what, n in found.items()))
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    for name in [argument for argument in arguments if argument in CASES] or list(CASES):
        score = evaluate(CASES[name]())
        print(table(name, score))
        if "--wrong" in arguments:
            print(*score.examples, sep="\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.settings")
    django.setup()
    main(sys.argv[1:])
