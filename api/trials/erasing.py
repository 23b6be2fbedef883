"""Erases a trial's federation, chambers and partner by the mark in their addresses. Never anything of the house."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from oauth2_provider.models import get_application_model

from federation.registry.models import Federation
from huiguan.tenancy import hosts
from huiguan.tenancy.models import Chamber, Domain
from huiguan.tenancy.provisioning import drop_schema

TRAILS = ("journal",)  # a chain of entries is not cut, also where it tells of a trial
COLUMNS = ("federation_id", "chamber_id")


def erase(mark: str) -> None:
    """All of the shared rows or none, then the schemas. May be run again."""
    chambers = Chamber._base_manager.using("owner").filter(slug__startswith=f"{mark}-")
    federations = Federation._base_manager.using("owner").filter(slug=mark)
    partners = get_application_model()._base_manager.using("owner").filter(name__endswith=mark)
    slugs, keys = list(chambers.values_list("slug", flat=True)), list(chambers.values_list("pk", flat=True))
    addresses = [hosts.address(slug) for slug in (mark, *slugs)]
    with transaction.atomic(using="owner"):
        _erase_rows([*keys, *federations.values_list("pk", flat=True)])
        Domain._base_manager.using("owner").filter(domain__in=addresses).delete()
        for found in (federations, partners, chambers):
            _erase(found)
    for key in keys:
        drop_schema(key)
    for address in addresses:
        hosts.forget(address)


def _erase_rows(keys: list[uuid.UUID]) -> None:
    for model, column in _belonging():
        _erase(model._base_manager.using("owner").filter(**{f"{column}__in": keys}))


def _erase(rows: models.QuerySet[Any]) -> None:
    """What points to these rows, and keeps them, goes first: it belongs to the trial as they do."""
    try:
        models.QuerySet.delete(rows)
    except models.ProtectedError as error:
        for one in error.protected_objects:
            _erase(type(one)._base_manager.using("owner").filter(pk=one.pk))
        _erase(rows.all())


def _belonging() -> Iterator[tuple[type[models.Model], str]]:
    """Shared tables with a column that says whose a row is."""
    for model in apps.get_models():
        config = model._meta.app_config
        if config is None or config.name in settings.TENANT_APPS or config.label in TRAILS:
            continue
        columns = {field.attname for field in model._meta.concrete_fields}
        yield from ((model, column) for column in COLUMNS if column in columns)
