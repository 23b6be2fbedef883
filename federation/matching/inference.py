"""What a need is about, when its category is missing or looks wrong: a soft guess over the taxonomy.

The evidence is the need's own words and its unit: nobody asks for seats and means a loan. The guess never filters.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from federation.matching import taxonomy
from federation.matching.text import Analysed, analyse

if TYPE_CHECKING:
    from federation.matching.corpus import Corpus

SHARPNESS = 2  # how much the better fitting categories outweigh the others
SURE = 0.3  # a text that reaches this share of a category's words leaves no doubt
OTHER_UNIT = 0.2  # how much a category counts that is measured in another unit

Guess = Mapping[str, float]


def guess(asked: Analysed, unit: str) -> tuple[Guess, float]:
    """The share of each category, summing to one, and how sure the guess is, from 0 to 1."""
    scores = dict(zip(taxonomy.categories(), _described().scores(asked).tolist(), strict=True))
    weights = {code: (_unit_factor(code, unit) * value) ** SHARPNESS for code, value in scores.items() if value}
    total = sum(weights.values())
    if not total:
        return {}, 0.0
    return {code: weight / total for code, weight in weights.items()}, min(1.0, max(scores.values()) / SURE)


def _unit_factor(code: str, unit: str) -> float:
    return 1.0 if taxonomy.categories()[code].unit == unit else OTHER_UNIT


@cache
def _described() -> "Corpus":
    """The categories as documents: their name and the words that secretaries use for them."""
    from federation.matching.corpus import Corpus  # imported late: it brings numpy, and many processes match nothing

    return Corpus.of(analyse(known.zh_hans, known.words) for known in taxonomy.categories().values())
