"""Scopes, drawn from the registry: each resource that names an API route can be read, and written when it has a form.

A scope stands for permissions of the resource's capability: the same mechanism decides for partners and for people.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from oauth2_provider.scopes import BaseScopes

from huiguan.capability import Capability, Place, Resource, resources


def exposed() -> Iterator[tuple[Capability, Resource]]:
    """The resources that a partner can be granted."""
    return ((c, r) for c, r in resources(Place.CHAMBER) if r.api_name)


def labels() -> dict[str, str]:
    """Every scope with its meaning in a person's words."""
    found = {}
    for capability, resource in exposed():
        plural = resource.model._meta.verbose_name_plural
        found[f"{resource.api_name}:read"] = _("Read: {records}").format(records=plural)
        if resource.api_form:
            found[f"{resource.api_name}:write"] = _("Enter and change: {records}").format(records=plural)
        if resource.api_form and f"{capability.name}.publish" in capability.permission_names:
            found[f"{resource.api_name}:publish"] = _("Publish and take back: {records}").format(records=plural)
    found["matches:read"] = _("Read: matches of needs and offers")
    return found


def permissions_of(scopes: Iterable[str]) -> frozenset[str]:
    """What the scopes stand for. `matches` belong to the exchange."""
    held = set(scopes)
    found = set()
    for capability, resource in exposed():
        if f"{resource.api_name}:read" in held:
            found.add(f"{capability.name}.view")
        if f"{resource.api_name}:write" in held:
            found |= {f"{capability.name}.view", f"{capability.name}.change"}
        if f"{resource.api_name}:publish" in held:
            found |= {f"{capability.name}.view", f"{capability.name}.publish"}
    return frozenset(found)


class RegistryScopes(BaseScopes):  # type: ignore[misc]
    """What the token endpoint knows of scopes. A token without a grant opens nothing, whatever it says."""

    def get_all_scopes(self) -> dict[str, str]:
        return labels()

    def get_available_scopes(self, application: object = None, request: object = None, **kwargs: object) -> list[str]:
        return list(labels())

    def get_default_scopes(self, application: object = None, request: object = None, **kwargs: object) -> list[str]:
        return list(labels())
