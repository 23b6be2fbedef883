"""The database server of the tests: in a folder of its own, so that a running `make up` is not disturbed."""

import atexit
import functools

from huiguan.embedded.folder import run_folder
from huiguan.embedded.postgres import Postgres


@functools.cache
def server() -> Postgres:
    """The server that all test processes of this checkout share; it ends with the last of them.

    It forgets on a power cut, which tests never notice. `server().url("postgres", "postgres")` is the superuser.
    """
    postgres = Postgres(run_folder() / "test" / "postgres", durable=False)
    postgres.start()
    atexit.register(postgres.stop)
    return postgres
