"""What the log wrote."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from huiguan.observability import logs


@pytest.fixture
def written() -> Iterator[StringIO]:
    """The lines as a collector would read them; the log is as before afterwards."""
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    logs.configure({"readable": False})
    stream = StringIO()
    next(each for each in root.handlers if isinstance(each, logging.StreamHandler)).setStream(stream)
    yield stream
    root.handlers[:] = kept
    root.setLevel(level)
