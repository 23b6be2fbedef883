"""The demo's figures: every chamber computes four quarters, shares what it likes and sends one."""

from federation.benchmarking.models import Release
from huiguan.capability import kpis
from huiguan.demo.people import FEDERATION_NAME
from huiguan.demo.stage import Stage
from huiguan.kpis import last_quarter
from tenants.benchmarks import actions
from tenants.benchmarks.showing import quarters_before

RELUCTANT = {"xiangtan": {"K02"}}  # one chamber keeps one figure to itself


def load_demo(stage: Stage) -> None:
    """Two quarters are opened; the older one will be released by the federation's part."""
    assert stage.federation_id is not None, "the federation is founded first"
    quarters = quarters_before(*last_quarter(stage.today))
    with stage.coordinating():
        for year, quarter in quarters[-2:]:
            Release(federation_id=stage.federation_id, year=year, quarter=quarter).save()
    for slug in stage.chambers:
        with stage.working(slug):
            _share(stage, slug, quarters)


def _share(stage: Stage, slug: str, quarters: list[tuple[int, int]]) -> None:
    told = {"federation_id": stage.federation_id, "federation_name": FEDERATION_NAME}
    for year, quarter in quarters:
        actions.compute(year, quarter)
    for code in kpis():
        if code not in RELUCTANT.get(slug, ()):
            actions.share(code=code, **told)  # type: ignore[arg-type]
    year, quarter = quarters[-2]
    actions.send(year=year, quarter=quarter, **told)  # type: ignore[arg-type]
