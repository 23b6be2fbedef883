"""`huiguan benchmark attack --rosters N`: how near attackers come to a chamber's figure. [federation.md T17]"""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from federation.benchmarking.attacking import Found, attack
from federation.benchmarking.attacking.running import REACH
from federation.benchmarking.attacking.years import RELEASES


class Command(BaseCommand):
    help = "Attack releases of random federations with all that is published; fails when a chamber's figure is found."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        attacking = verbs.add_parser("attack", help="random rosters, four releases each, every chamber a victim")
        attacking.add_argument("--rosters", type=int, default=100, help="how many federations (100)")
        attacking.add_argument("--seed", type=int, default=1, help="another seed makes other federations (1)")
        attacking.add_argument("--json", action="store_true", help="one object")

    def handle(self, rosters: int, seed: int, **options: Any) -> None:
        began = time.monotonic()
        found = list(attack(rosters, seed=seed, say=lambda done: self._progress(done, rosters)))
        said = {**_summary(found), "rosters": rosters, "releases": RELEASES, "seed": seed}
        said["seconds"] = round(time.monotonic() - began, 1)
        self.stdout.write(json.dumps(said) if options["json"] else _words(said))
        if said["bounded"]:
            raise SystemExit(1)

    def _progress(self, done: int, rosters: int) -> None:
        if done % max(1, rosters // 20) == 0:
            self.stderr.write(f"{done}/{rosters}", self.style.NOTICE)
            self.stderr.flush()


def _summary(found: list[Found]) -> dict[str, Any]:
    worst = min((one for one in found if one.is_settled), key=lambda one: one.reach, default=None)
    return {
        "victims": len(found),
        "bounded": sum(one.is_bounded for one in found),
        "undecided": sum(not one.is_settled for one in found),
        "limit": REACH,
        "worst": worst and round(worst.reach, 4),
        "worst_case": worst and {**vars(worst), "low": round(worst.low, 2), "high": round(worst.high, 2)},
    }


def _words(said: dict[str, Any]) -> str:
    case = said["worst_case"]
    if case is None:
        return "Nothing was published, and nobody could be attacked."
    return (
        f"{said['victims']} victims in {said['rosters']} rosters of {said['releases']} releases: "
        f"{said['bounded']} bounded within {said['limit']:.0%}, {said['undecided']} undecided.\n"
        f"Worst interval: {case['low']} to {case['high']} for {case['value']}, ±{said['worst']:.1%} "
        f"(seed {said['seed']}, roster {case['roster']}, {case['victim']} against {case['knower']})."
    )
