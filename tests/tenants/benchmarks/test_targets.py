"""From a gap to a target of the chamber's own, measured again after two releases; and what counts for a topic."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from federation.benchmarking.models import Place, Release, ReleaseCell
from federation.registry.queries import federations_of
from huiguan.actors import SYSTEM, NotAllowed, acting_as
from huiguan.capability import kpis
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_federation
from tenants.benchmarks import actions, targets
from tenants.benchmarks.models import Figure, Share, Target

K02 = kpis()["K02"]


@pytest.fixture
def federation(changde: Any) -> Any:
    [found] = federations_of(changde.pk)
    return found


@pytest.fixture
def released(changde: Any, federation: Any, as_person: Any) -> Any:
    """`released(quarter, own=…)`: the federation is at 70, 80 and 90; the chamber has a share in it."""

    def make(quarter: int, *, own: float, year: int = 2025) -> None:
        with acting_as(SYSTEM), in_federation():
            made = Release.objects.create(federation_id=federation.id, year=year, quarter=quarter, status="frozen")
            numbers = {"median": 80, "lower": 70, "upper": 90, "band": "10-19", "unit": "%"}
            ReleaseCell.objects.create(release=made, code="K02", facet="all", **numbers)
            Place.objects.create(release=made, chamber_id=changde.pk, code="K02", quartile=1)
        with as_person("qin"):
            Figure.objects.create(code="K02", year=year, quarter=quarter, value=own, denominator=40)

    return make


def test_a_gap_is_counted_in_widths_of_the_middle_half(released: Any, federation: Any, as_person: Any) -> None:
    released(1, own=65)
    with as_person("qin"):
        [standing] = targets.standings(K02, federation)
    assert standing.gap == (80 - 65) / (90 - 70)
    assert standing.proposal is not None
    assert (standing.proposal.middle, standing.proposal.upper) == (80, 90)


@pytest.mark.parametrize("own", [70.0, 80.0, 99.0])
def test_a_chamber_that_is_not_far_behind_is_proposed_nothing(
    own: float, released: Any, federation: Any, as_person: Any
) -> None:
    released(1, own=own)
    with as_person("qin"):
        assert targets.standings(K02, federation)[0].proposal is None
        with pytest.raises(ValidationError):
            targets.adopt(kpi=K02, federation=federation)


def test_a_target_is_adopted_once_by_the_secretary_general_and_leaves_no_message(
    released: Any, federation: Any, as_person: Any
) -> None:
    released(1, own=60)
    with as_person("tan"), pytest.raises(NotAllowed):
        targets.adopt(kpi=K02, federation=federation)
    with as_person("qin"):
        targets.adopt(kpi=K02, federation=federation)
        with pytest.raises(ValidationError):
            targets.adopt(kpi=K02, federation=federation)
        assert not Message.objects.filter(name__startswith="benchmarks.").exists()


def test_it_is_measured_again_after_two_releases_and_not_before(
    released: Any, federation: Any, as_person: Any, signed_in: Any
) -> None:
    released(1, own=60)
    with as_person("qin"):
        target = targets.adopt(kpi=K02, federation=federation)
    released(2, own=75)
    browser = signed_in("qin")
    assert f"/benchmarks/target/{target.pk}/" not in browser.get("/tasks/").content.decode()
    with as_person("qin"), pytest.raises(ValidationError):
        target.measure()
    released(3, own=82)
    assert f"/benchmarks/target/{target.pk}/" in browser.get("/tasks/").content.decode()
    with as_person("qin"):
        target = Target.objects.get()
        target.measure()
        assert (target.measured_value, target.is_reached(), str(target.status)) == (82, True, "measured")


def test_the_page_of_a_figure_shows_the_band_proposes_and_adopts(released: Any, signed_in: Any, as_person: Any) -> None:
    released(1, own=60)
    browser = signed_in("qin")
    page = browser.get("/benchmarks/kpis/K02/")
    assert page.status_code == 200
    assert [series.name for series in page.context["chart"].series] != []
    assert page.context["proposal"].middle == 80
    assert browser.post("/benchmarks/kpis/K02/target/").status_code == 302
    assert signed_in("tan").post("/benchmarks/kpis/K02/target/").status_code == 403
    assert browser.get("/benchmarks/kpis/K99/").status_code == 404
    with as_person("qin"):
        target = Target.objects.get()
    assert browser.get(f"/benchmarks/target/{target.pk}/").status_code == 200


def test_what_may_count_for_topics_is_in_the_preview_and_in_the_ledger(
    released: Any, federation: Any, signed_in: Any, as_person: Any
) -> None:
    """Only what is shared, agreed to, and has a value; and only from the next sending on."""
    released(1, own=60)
    told = {"federation_id": federation.id, "federation_name": federation.name}
    quarter = {"federation_id": federation.id, "year": 2025, "quarter": 1}
    with as_person("qin"):
        given = actions.share(code="K02", **told)
        assert actions.preview(**quarter)["for_topics"] == []
    assert signed_in("qin").post(f"/benchmarks/shares/{given.pk}/topics/", {"counts": "1"}).status_code == 302
    with as_person("qin"):
        assert Share.objects.get().counts_for_topics
        shown = actions.preview(**quarter)
        assert shown["for_topics"] == ["K02"]
        actions.send(year=2025, quarter=1, **told)
        assert Message.objects.get(name="benchmarks.figures_sent").content == shown
        assert "gap" not in str(shown)
