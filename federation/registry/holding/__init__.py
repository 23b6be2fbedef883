"""What the federation's tables hold about chambers: each folder says it of its own in its `holdings.py`.

    hold(Receipt, "chamber_id", made={"status": "where the answer stands"})   # all else is in that chamber's ledger
    of_the_federation(Call, "the coordinator writes it")                      # holds nothing about a chamber

A table that nobody names, and a field that no ledger says and `made` does not explain:
`huiguan verify ledger` finds both.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import models
from django.utils.module_loading import autodiscover_modules

from huiguan.records import SharedRecord

Model = type[models.Model]
OF_EVERY_ROW = {f.name for f in SharedRecord._meta.get_fields() if isinstance(f, models.Field)}  # its key and its times


@dataclass(frozen=True)
class Holding:
    """`whose`: lookups of the chambers that a row is about, none for what is the federation's own.

    `made`: fields that the federation makes itself, each with the reason. `login` is the one that may read the table.
    """

    model: Model
    whose: tuple[str, ...] = ()
    federation: str = "federation_id"
    made: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    login: str = "default"

    def compared(self) -> Iterator["models.Field[object, object]"]:
        """What must stand in a ledger. A reference says only what a row belongs to."""
        known = {*OF_EVERY_ROW, *self.made, *self.whose, self.federation}
        for each in self.model._meta.concrete_fields:
            if not (each.primary_key or each.is_relation or {each.name, each.attname} & known):
                yield each


_holdings: dict[Model, Holding] = {}


def hold(
    model: Model,
    *whose: str,
    federation: str = "federation_id",
    made: Mapping[str, str] | None = None,
    login: str = "default",
) -> None:
    _declare(Holding(model, whose, federation, made or {}, login=login))


def of_the_federation(model: Model, why: str) -> None:
    """Without a word about a chamber, or with no more than which chambers it is for."""
    _declare(Holding(model, why=why))


def holdings() -> dict[Model, Holding]:
    _discover()
    return _holdings


def unnamed() -> list[str]:
    """Tables of the federation that no folder has named, and fields that are explained and not there."""
    here = [
        model for config in apps.get_app_configs() if config.name.startswith("federation.") for model in _of(config)
    ]
    tables = [model._meta.label for model in here if model not in holdings()]
    gone = (
        f"{each.model._meta.label}.{name}"
        for each in holdings().values()
        for name in each.made
        if name not in {f.name for f in each.model._meta.concrete_fields}
    )
    return [*tables, *gone]


def _declare(holding: Holding) -> None:
    if holding.model in _holdings:
        raise ValueError(f"{holding.model._meta.label} is named twice")
    _holdings[holding.model] = holding


def _of(config: object) -> Iterator[Model]:
    yield from config.get_models(include_auto_created=True)  # type: ignore[attr-defined]


@cache
def _discover() -> None:
    autodiscover_modules("holdings")
