"""The demo's release: opened before the chambers send, frozen after."""

from federation.benchmarking import releasing
from federation.benchmarking.models import Release
from huiguan.demo.stage import Stage


def load_demo(stage: Stage) -> None:
    """Freeze what the chambers' demo has opened and filled."""
    assert stage.federation_id is not None, "the federation is founded first"
    with stage.coordinating():
        waiting = list(Release.objects.filter(federation_id=stage.federation_id, status=Release.Status.OPEN))
        for release in waiting[1:]:  # the newest quarter goes on collecting
            release.freeze()
    for release in waiting[1:]:
        with stage.coordinating():
            releasing.freeze(str(release.pk))
