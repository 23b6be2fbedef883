"""What holds for every task of the worker."""

import psycopg
import pytest
from celery.signals import task_prerun, worker_process_init
from django.db import OperationalError, connection

from huiguan import celery as jobs
from huiguan.tenancy.models import Chamber
from tests.support.database import server


@pytest.fixture
def in_a_worker():
    """As in a process of the worker, which these tests are not."""
    worker_process_init.send(sender=None)
    yield
    task_prerun.disconnect(jobs._try_connections)


@jobs.site_task
def count_chambers() -> int:
    return Chamber.objects.count()


def end_connection():
    with psycopg.connect(server().url("postgres", "postgres")) as operator:
        operator.execute("select pg_terminate_backend(%s)", [connection.connection.info.backend_pid])


def test_a_database_that_was_started_again_costs_the_worker_no_task(own_database, in_a_worker):
    before = Chamber.objects.count()
    end_connection()
    assert count_chambers.apply(throw=True).get() == before > 0


def test_outside_the_worker_a_task_leaves_the_connection_to_who_called_it(own_database):
    Chamber.objects.count()
    end_connection()
    with pytest.raises(OperationalError):
        count_chambers.apply(throw=True)
    connection.close()
