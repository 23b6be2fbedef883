"""Addresses for probes and scrapers. They are answered on any host, before the host is looked at."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from huiguan.observability import health, metrics

ANSWERED_FIRST: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": health.healthz,
    "/readyz": health.readyz,
    "/metrics": metrics.answer,
}
