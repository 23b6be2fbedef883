"""Jobs. A task that works for a chamber names it as its first argument; an unknown or suspended one is refused."""

import os
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from celery import Celery, Task
from celery.signals import task_prerun, worker_process_init
from django.db import close_old_connections

from huiguan.schedules import SCHEDULES

SPREAD_SECONDS = 1200  # over which the work of a night begins in all chambers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiguan.settings")
app = Celery("huiguan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = SCHEDULES


def try_connections_before_each_task(**_signal: Any) -> None:
    """As a request does: after a restart of the database no task fails on a connection that is dead since."""
    task_prerun.connect(_try_connections, weak=False)


worker_process_init.connect(try_connections_before_each_task, weak=False)


def _try_connections(**_signal: Any) -> None:
    close_old_connections()


class UnknownChamber(LookupError):
    """A task named a chamber that is absent or not open; nothing was done."""


def site_task(work: Callable[..., Any]) -> Task:
    """A task on shared tables, as the system."""

    def run(*args: Any, **kwargs: Any) -> Any:
        from huiguan.actors import SYSTEM, acting_as

        with acting_as(SYSTEM):
            return work(*args, **kwargs)

    return app.task(update_wrapper(run, work), name=f"{work.__module__}.{work.__name__}")


def chamber_task(work: Callable[..., Any]) -> Task:
    """A task in one chamber's schema: `work(chamber_id, ...)` runs bound, in one transaction, as the system."""

    def run(chamber_id: str, *args: Any, **kwargs: Any) -> Any:
        from huiguan.actors import acting_as, system_of
        from huiguan.tenancy.binding import in_chamber
        from huiguan.tenancy.models import Chamber

        chamber = Chamber.objects.filter(pk=chamber_id, status=Chamber.Status.ACTIVE).first()
        if chamber is None:
            raise UnknownChamber(chamber_id)
        with acting_as(system_of(chamber.pk)), in_chamber(chamber):
            return work(chamber_id, *args, **kwargs)

    return app.task(update_wrapper(run, work), name=f"{work.__module__}.{work.__name__}")


def wake_in_each_chamber(task: Task) -> int:
    """A task of a night in every active chamber, spread over twenty minutes by its key. Returns in how many."""
    from huiguan.tenancy.models import Chamber

    keys = list(Chamber.objects.filter(status=Chamber.Status.ACTIVE).values_list("pk", flat=True))
    for key in keys:
        task.apply_async([str(key)], countdown=key.int % SPREAD_SECONDS)
    return len(keys)
