"""`huiguan <command> …`: finds or starts the database, then hands over to the command."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

from huiguan.embedded import environment
from huiguan.embedded.folder import Unusable, prepare, run_folder
from huiguan.embedded.postgres import Postgres, PostgresError

# Commands that do without the site's apps and without a database that runs.
OWN = {
    "up": "huiguan.embedded.up",
    "check": "huiguan.embedded.check",
    "doctor": "huiguan.embedded.doctor",
    "browser": "huiguan.embedded.browser",
    "stripe_sandbox": "billing.sandbox.serving",
}
WITHOUT_DATABASE = {"messages", "makemessages", "help", "version", "spectacular", "findstatic"}


def main() -> None:
    command, *rest = sys.argv[1:] or ["help"]
    arguments = [command.replace("-", "_") if command[0] != "-" else command, *rest]
    if arguments[0] in OWN:
        sys.exit(import_module(OWN[arguments[0]]).main(arguments[1:]))
    try:
        with database_for(arguments) as server:
            os.environ.update(environment.variables(server))
            hand_over(arguments)
    except (Unusable, PostgresError) as error:
        sys.exit(f"huiguan: {error}")


def database_for(arguments: list[str]) -> AbstractContextManager[Postgres | None]:
    """The embedded server, for as long as the command runs; shared with `make up` when that is running."""
    is_question = {"--help", "-h", "--version"} & set(arguments)
    if arguments[0] in WITHOUT_DATABASE or is_question or not environment.uses_embedded_server():
        return nullcontext(None)
    prepare(run_folder())
    return environment.embedded_server()


def hand_over(arguments: list[str]) -> None:
    """Every other command is a Django management command of the app that it belongs to."""
    from django.core.exceptions import ImproperlyConfigured  # imported late: `up` does without Django
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["huiguan", *arguments])
    except ImproperlyConfigured as error:
        sys.exit(f"huiguan: {error}")


if __name__ == "__main__":
    main()
