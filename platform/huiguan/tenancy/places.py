"""Where a statement works: the site, the federation, or one chamber. Each has its role and its search path."""

from typing import NamedTuple, Protocol

PUBLIC = "public"
FEDERATION_ROLE = "huiguan_federation"


class Tenant(Protocol):
    """What the engine needs to know of a chamber."""

    @property
    def schema_name(self) -> str: ...

    @property
    def db_role(self) -> str: ...


class Place(NamedTuple):
    """A place that is not a chamber. Role "none" is the login itself."""

    name: str
    db_role: str
    schema_name: str = PUBLIC


SITE = Place("site", "none")
FEDERATION = Place("federation", FEDERATION_ROLE)
