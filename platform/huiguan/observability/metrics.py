"""Figures for Prometheus. Processes that share `PROMETHEUS_MULTIPROC_DIR` write there, and each answers for all."""

import os
import secrets
from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

request_seconds = Histogram(
    "huiguan_request_seconds", "Time to answer a request.", ["view", "place", "method", "status"], buckets=_SECONDS
)
job_seconds = Histogram(
    "huiguan_job_seconds", "Time of a job in the worker.", ["task", "state"], buckets=(*_SECONDS, 60, 300)
)
jobs_failed = Counter("huiguan_jobs_failed", "Jobs that ended with an error.", ["task"])
messages_waiting = Gauge(
    "huiguan_messages_waiting", "Messages not yet delivered, at the last sweep.", multiprocess_mode="mostrecent"
)
messages_delivered = Counter("huiguan_messages_delivered", "Messages handed to the federation.", ["outcome"])
backups_ended = Counter("huiguan_backups_ended", "Backups of a chamber to the place elsewhere.", ["outcome"])
last_backups = Gauge(
    "huiguan_last_backups_timestamp_seconds",
    "When every chamber was last backed up without a failure.",
    multiprocess_mode="mostrecent",
)
deliveries_ended = Counter("huiguan_deliveries_ended", "Attempts to send to a person outside.", ["channel", "outcome"])


def answer(request: HttpRequest) -> HttpResponse:
    """`GET /metrics`, for whoever holds `METRICS_TOKEN`; without one, for this machine only."""
    if not _may_read(request):
        return HttpResponseNotFound()
    return HttpResponse(generate_latest(registry()) + generate_latest(_asked_now), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if token := getattr(settings, "METRICS_TOKEN", ""):
        return secrets.compare_digest(request.headers.get("Authorization", ""), f"Bearer {token}")
    return "X-Forwarded-For" not in request.headers and ip_address(request.META["REMOTE_ADDR"]).is_loopback


def registry() -> CollectorRegistry:
    """Of this process, or of all that share the folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class _Connections(Collector):
    """Asked of PostgreSQL at each scrape, for it alone knows all processes' connections."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("huiguan_database_connections", "Connections to the database.", labels=["state"])
        for state, number in _connections_by_state():
            family.add_metric([state], number)
        yield family

    def describe(self) -> list[GaugeMetricFamily]:
        return []


def _connections_by_state() -> list[tuple[str, int]]:
    question = (
        "select coalesce(state, 'other'), count(*) from pg_stat_activity where datname = current_database() group by 1"
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return [(state, number) for state, number in cursor.fetchall()]
    except DatabaseError:
        return []  # the other figures are wanted most while the database is down


_asked_now = CollectorRegistry()
_asked_now.register(_Connections())
