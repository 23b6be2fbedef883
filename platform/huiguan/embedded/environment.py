"""What the embedded parts tell Django: by environment variables, and only those that the person has not set."""

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path

from huiguan import production
from huiguan.embedded import logins
from huiguan.embedded.folder import metrics, run_folder, secret
from huiguan.embedded.postgres import Postgres

OWNER_ONLY = ("DATABASE_OWNER_URL",)
WEB_STATEMENT_MS = "10000"  # nobody waits longer for a page


def uses_embedded_server() -> bool:
    """A `DATABASE_URL` of the person's own (or a file with it) replaces the embedded server."""
    return not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def given_database_url() -> str:
    return os.environ.get("DATABASE_URL") or Path(os.environ["DATABASE_URL_FILE"]).read_text().strip()


def is_production(variables: Mapping[str, str]) -> bool:
    """As the settings will see it."""
    base_domain = variables.get("BASE_DOMAIN") or "localhost"
    return production.is_production(
        base_domain=base_domain, tls=_is_on("TLS", variables), debug=_is_on("DEBUG", variables)
    )


def _is_on(name: str, variables: Mapping[str, str]) -> bool:
    return variables.get(name, "").lower() in {"1", "true", "yes", "on", "y", "ok"}


def embedded_server() -> Postgres:
    return Postgres(run_folder() / "postgres")


def variables(server: Postgres | None) -> dict[str, str]:
    """The environment for web, worker and commands; without a server the person's own addresses stay."""
    here = {
        "DJANGO_SETTINGS_MODULE": "huiguan.settings",
        "HUIGUAN_RUN_DIR": str(run_folder()),
    }
    if (run_folder() / "metrics").is_dir():  # a command that needs no database runs before there is a run folder
        here["PROMETHEUS_MULTIPROC_DIR"] = str(metrics(run_folder()))
    if not (os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE")):
        with contextlib.suppress(OSError):  # a container whose run folder cannot be written brings its own key
            secret(run_folder() / "secrets" / "secret_key")
            here["SECRET_KEY_FILE"] = str(run_folder() / "secrets" / "secret_key")
    if not (os.environ.get("MASTER_KEY") or os.environ.get("MASTER_KEY_FILE") or is_production(os.environ)):
        with contextlib.suppress(OSError):
            secret(run_folder() / "secrets" / "master_key")
            here["MASTER_KEY_FILE"] = str(run_folder() / "secrets" / "master_key")
    if server is not None:
        here["DATABASE_URL"] = server.url(logins.APP)
        here["DATABASE_OWNER_URL"] = server.url(logins.OWNER)
    return here


def for_web(full: Mapping[str, str]) -> dict[str, str]:
    """A web process never holds the login that owns every chamber."""
    web = {name: value for name, value in full.items() if not name.startswith(OWNER_ONLY)}
    return {"STATEMENT_TIMEOUT_MS": WEB_STATEMENT_MS, **web}
