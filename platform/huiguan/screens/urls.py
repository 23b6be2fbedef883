"""The addresses of a resource's standard screens."""

from typing import Any

from django.urls import URLPattern, path

from huiguan.capability import Capability, Resource
from huiguan.screens.bulk import RecordBulk, RecordExport
from huiguan.screens.lists import RecordList
from huiguan.screens.records import RecordCreate, RecordDelete, RecordDetail, RecordMove, RecordUpdate


def screens(capability: Capability, resource: Resource) -> list[URLPattern]:
    """Mounted below the capability's name; each screen needs the capability's permission of that name."""
    base = resource.model._meta.model_name
    held = capability.permission_names

    def at(url: str, screen: str, view: Any, needs: str) -> Any:
        permission = f"{capability.name}.{needs}"
        answered = view.as_view(capability=capability, resource=resource, permission=permission)
        return path(f"{base}/{url}", answered, name=f"{resource.route}-{screen}")

    found = [at("", "list", RecordList, "view"), at("<uuid:pk>/", "detail", RecordDetail, "view")]
    found.append(at("<uuid:pk>/moves/<slug:name>/", "move", RecordMove, "view"))
    found.append(at("bulk/", "bulk", RecordBulk, "view"))
    if resource.form_fields or resource.form:
        found.insert(1, at("new/", "new", RecordCreate, "change"))
        found.append(at("<uuid:pk>/edit/", "edit", RecordUpdate, "change"))
    if f"{capability.name}.export" in held:
        found.append(at("export/", "export", RecordExport, "export"))
    if f"{capability.name}.delete" in held:
        found.append(at("<uuid:pk>/delete/", "delete", RecordDelete, "delete"))
    return found
