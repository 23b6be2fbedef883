"""Celery's application of the stock side: its tasks find and set their tenant as tenant-schemas-celery's do."""

from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import task_postrun, task_prerun

app = Celery("stock")
app.config_from_object("django.conf:settings", namespace="CELERY")


@task_prerun.connect(weak=False)
def enter(kwargs: dict[str, Any], **_signal: Any) -> None:
    """The tenant is looked up for each task, as its cache is off unless it is asked for."""
    from bench_client.models import Client
    from django.db import connection

    connection.set_tenant(Client.objects.get(schema_name=kwargs["schema_name"]), include_public=True)  # type: ignore[attr-defined]


@task_postrun.connect(weak=False)
def leave(**_signal: Any) -> None:
    from django.db import connection

    connection.set_schema_to_public()  # type: ignore[attr-defined]


@app.task(name="bench.count")
def count(*, schema_name: str, done: str) -> None:
    from bench_work.models import Thing

    Thing.objects.count()
    with Path(done).open("ab") as file:
        file.write(b".")
