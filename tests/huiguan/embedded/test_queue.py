"""The folder of files that wakes the worker: it holds whole messages, whatever the disk does."""

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError
from kombu.simple import SimpleQueue

from huiguan.celery import app


@contextmanager
def line_to(folder: Path, name: str = "jobs") -> Iterator[SimpleQueue]:
    (folder / "control").mkdir(exist_ok=True)
    places = {name: str(folder) for name in ("data_folder_in", "data_folder_out")}
    options = {**places, "control_folder": str(folder / "control")}
    house = Connection("filesystem://", transport=app.conf.broker_transport, transport_options=options)
    with house as connection, connection.SimpleQueue(name) as line:
        yield line


@contextmanager
def a_full_disk() -> Iterator[None]:
    """No file may grow."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_message_that_finds_no_room_leaves_nothing_that_a_worker_would_stumble_over(tmp_path: Path) -> None:
    with line_to(tmp_path) as line:
        line.put("first")
        with pytest.raises(ChannelError, match="Cannot write"), a_full_disk():
            line.put("second")
        line.put("third")
        arrived = [line.get(timeout=30) for _number in range(2)]
        assert [message.payload for message in arrived] == ["first", "third"]
        for message in arrived:
            message.ack()
    assert [file.name for file in tmp_path.iterdir()] == ["control"]


def test_of_two_workers_who_reach_for_a_message_one_gets_it(tmp_path: Path) -> None:
    taken: list[str] = []
    start = threading.Barrier(4, timeout=30)

    def work() -> None:
        start.wait()
        with line_to(tmp_path, "shared") as line, suppress(line.Empty):
            while True:
                taken.append(line.channel._get("shared")["properties"]["delivery_tag"])

    with line_to(tmp_path, "shared") as line:
        for number in range(60):
            line.put(number)
        assert len(list(tmp_path.glob("*.msg"))) == 60
    workers = [threading.Thread(target=work) for _number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(set(taken)) == len(taken) == 60


def test_a_list_of_queues_that_was_torn_is_written_again(tmp_path: Path) -> None:
    with line_to(tmp_path, "shared") as line:
        file = tmp_path / "control" / "celery.exchange"
        for already_there in (None, b"", b'[["cel'):
            if already_there is not None:
                file.write_bytes(already_there)
            line.channel._queue_bind("celery", "celery", "", "jobs")
            assert [each.queue for each in line.channel.get_table("celery")] == ["jobs"]
