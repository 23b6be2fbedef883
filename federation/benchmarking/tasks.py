"""The worker's side of benchmarking."""

from federation.benchmarking import releasing
from federation.benchmarking.models import Release
from huiguan.celery import site_task
from huiguan.tenancy.binding import in_federation


@site_task
def freeze_release(key: str) -> str:
    """Fill and freeze one release."""
    return str(releasing.freeze(key))


@site_task
def sweep_releases() -> int:
    """Releases whose wake-up was lost."""
    with in_federation():
        waiting = list(Release.objects.filter(status=Release.Status.FREEZING).values_list("pk", flat=True))
    for key in waiting:
        releasing.freeze(str(key))
    return len(waiting)
