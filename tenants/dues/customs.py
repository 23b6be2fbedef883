"""What is unusual in dues rules: said to who writes them, never refused. [发改经体〔2017〕1999号; 民发〔2014〕166号]"""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from huiguan.bodies import Body
from huiguan.kit.formats import money
from tenants.dues.models import Level, Ruleset
from tenants.dues.models.rules import CUSTOMARY_LEVELS

STEEP = 1.5  # times what the same level paid before
SHORT_GRACE_DAYS = 15


def warnings_about(ruleset: Ruleset) -> list[str]:
    """In the words of who knows the trade; empty when nothing is unusual."""
    levels = list(ruleset.levels.all())
    return [*_about_levels(levels), *_about_raises(ruleset, levels), *_about_resolution(ruleset)]


def _about_levels(levels: list[Level]) -> Iterator[str]:
    if len(levels) > CUSTOMARY_LEVELS:
        yield _("Associations may have at most {n} levels; these are {m}.").format(n=CUSTOMARY_LEVELS, m=len(levels))
    if levels and all(level.titles for level in levels):
        yield _("No level is for everybody else: members without one of these positions will not be charged.")
    for dearer, cheaper in pairwise(levels):
        if cheaper.amount_fen > dearer.amount_fen:
            yield _("“{b}” pays more than “{a}” above it.").format(a=dearer, b=cheaper)


def _about_raises(ruleset: Ruleset, levels: list[Level]) -> Iterator[str]:
    earlier = Ruleset.objects.exclude(pk=ruleset.pk).in_force(ruleset.effective_from)
    before = {level.name: level.amount_fen for level in earlier.levels.all()} if earlier else {}
    for level in levels:
        was = before.get(level.name)
        if was and level.amount_fen > STEEP * was:
            text = _("“{level}” rises from {was} to {now}.")
            yield text.format(level=level, was=money(was), now=money(level.amount_fen))


def _about_resolution(ruleset: Ruleset) -> Iterator[str]:
    if ruleset.body and ruleset.body != Body.GENERAL_ASSEMBLY:
        yield _("Dues are resolved by the general assembly; this was by the {body}.").format(
            body=ruleset.get_body_display()
        )
    if ruleset.resolved_on and ruleset.effective_from < ruleset.resolved_on:
        yield _("The rules apply from before the day they were resolved.")
    if ruleset.grace_days < SHORT_GRACE_DAYS:
        yield _("Fewer than {n} days of grace are unusual.").format(n=SHORT_GRACE_DAYS)
