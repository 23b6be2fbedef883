"""The API on a chamber's host: routes built from the registry. A new folder with an `api_name` is there by itself."""

from typing import Any

from django.urls import URLPattern, path

from api.scopes import exposed
from api.views.matches import Matches
from api.views.resources import Collection, Moving, Single, WritableCollection
from huiguan.capability import Capability, Resource
from huiguan.states import moves


def routes() -> list[URLPattern]:
    """`/api/v1/<name>/`, `/api/v1/<name>/<id>/`, `/api/v1/<name>/<id>/moves/<move>/`."""
    return [p for capability, resource in exposed() for p in _routes(capability, resource)]


def _routes(capability: Capability, resource: Resource) -> list[URLPattern]:
    given: dict[str, Any] = {"capability": capability, "resource": resource, "scope_name": resource.api_name}
    name = resource.api_name
    collection = WritableCollection if resource.api_form else Collection
    found = [
        path(f"v1/{name}/", collection.as_view(**given), name=f"api-{name}"),
        path(f"v1/{name}/<uuid:pk>/", Single.as_view(**given), name=f"api-{name}-one"),
    ]
    if resource.api_form and list(moves(resource.model)):
        found.append(path(f"v1/{name}/<uuid:pk>/moves/<slug:name>/", Moving.as_view(**given), name=f"api-{name}-move"))
    return found


urlpatterns = [*routes(), path("v1/matches/", Matches.as_view(), name="api-matches")]
