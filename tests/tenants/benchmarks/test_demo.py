"""The demo's benchmarking can be lived: enough chambers, five far behind in dues, and figures made of everything."""

from federation.benchmarking.disclosure import RULES, percentile
from federation.benchmarking.gaps import CHAMBERS_OF_A_TOPIC, WIDE, gap, weight_as_topic
from federation.registry.items import Item
from huiguan.demo.loading import parts
from huiguan.kpis import Period, last_quarter
from tenants.affiliation.demo import STORIES
from tenants.benchmarks.demo import ASKING, BEHIND
from tenants.benchmarks.showing import quarters_before
from tenants.dues.demo import PAID_OF_THIS_YEAR

SHARING = {slug: story for slug, story in STORIES.items() if Item.BENCHMARKING in story.items}


def test_figures_are_computed_when_every_other_folder_has_played_its_part() -> None:
    assert [part.name for part in parts()][-2:] == ["benchmarks", "benchmarking"]


def test_enough_chambers_have_shared_long_enough_for_quartiles_on_any_day() -> None:
    longest = max(92, *((Period.quarter(2027, n + 1).last - Period.quarter(2027, n).last).days for n in (1, 2, 3)))
    assert len(SHARING) > RULES["n_for_quartiles"]  # type: ignore[operator]
    assert all(story.days_ago >= 2 * longest + RULES["active_days"] for story in SHARING.values())  # type: ignore[operator]
    assert len(quarters_before(*last_quarter())) > 1


def test_five_are_far_behind_in_dues_and_two_of_them_ask() -> None:
    paid = {slug: 100 * PAID_OF_THIS_YEAR[slug] for slug in SHARING}
    bounds = {
        name: percentile(list(paid.values()), q, unit="%")
        for name, q in (("lower", 0.25), ("median", 0.5), ("upper", 0.75))
    }
    gaps = {slug: gap(value, unit="%", direction=1, **bounds) or 0 for slug, value in paid.items()}
    behind = {slug for slug, width in gaps.items() if width > WIDE}
    assert {BEHIND, ASKING} < behind
    assert len(behind) == CHAMBERS_OF_A_TOPIC
    assert weight_as_topic(gaps.values()) > 0
