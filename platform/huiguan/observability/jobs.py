"""Follows the worker's jobs: their facts for logs and error reports, their time for the metrics."""

import os
import time
from contextlib import AbstractContextManager
from inspect import signature
from typing import Any

import structlog
from celery import signals
from prometheus_client import start_http_server

from huiguan.observability import context, metrics

log = structlog.get_logger("huiguan.jobs")
_running: dict[str, tuple[AbstractContextManager[None], float]] = {}


def follow() -> None:
    """Called once, when the app starts."""
    signals.setup_logging.connect(_keep_our_logging, weak=False)
    signals.worker_ready.connect(_open_metrics, weak=False)
    signals.task_prerun.connect(_begin, weak=False)
    signals.task_failure.connect(_fail, weak=False)
    signals.task_postrun.connect(_end, weak=False)


def _keep_our_logging(**_signal: Any) -> None:
    # Celery sets up logging of its own unless somebody listens here.
    return


def _open_metrics(**_signal: Any) -> None:
    # A worker on a machine of its own has no web process that could answer for it.
    if port := os.environ.get("METRICS_PORT"):
        start_http_server(int(port), registry=metrics.registry())


def _begin(task_id: str, task: Any, args: Any, kwargs: Any, **_signal: Any) -> None:
    work = context.work(request_id=task_id, task=task.name, chamber=_chamber(task, args, kwargs))
    work.__enter__()
    _running[task_id] = work, time.perf_counter()


def _fail(sender: Any, exception: BaseException, **_signal: Any) -> None:
    metrics.jobs_failed.labels(sender.name).inc()
    log.error("job.failed", exc_info=exception)


def _end(task_id: str, task: Any, state: str | None, **_signal: Any) -> None:
    work, started = _running.pop(task_id)
    seconds = time.perf_counter() - started
    metrics.job_seconds.labels(task.name, state or "unknown").observe(seconds)
    log.info("job.ended", state=state, ms=round(seconds * 1000, 1))
    work.__exit__(None, None, None)


def _chamber(task: Any, args: Any, kwargs: Any) -> str | None:
    """A job of a chamber names it first (docs/architecture.md, Jobs)."""
    if next(iter(signature(task.run).parameters), "") != "chamber_id":
        return None
    return str(kwargs.get("chamber_id") or (*args, "")[0])
