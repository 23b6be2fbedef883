"""The addresses of liaison meetings that are more than standard screens, below `/liaison/`."""

from typing import Any

from django.urls import URLPattern, path

from federation.liaison import views
from federation.liaison.capability import LIAISON, SERIES, SESSIONS


def _screen(address: str, view: Any, resource: Any, name: str, permission: str) -> URLPattern:
    answered = view.as_view(capability=LIAISON, resource=resource, permission=permission)
    found: URLPattern = path(address, answered, name=name)
    return found


urlpatterns = [
    _screen("session/<uuid:pk>/", views.SessionPage, SESSIONS, "liaison-session-detail", "liaison.view"),
    _screen(
        "session/<uuid:pk>/moves/<slug:name>/", views.SessionMove, SESSIONS, "liaison-session-move", "liaison.change"
    ),
    _screen("session/<uuid:pk>/print/", views.MinutesPage, SESSIONS, "liaison-minutes", "liaison.view"),
    _screen("series/<uuid:pk>/", views.SeriesPage, SERIES, "liaison-series-detail", "liaison.view"),
    _screen("series/<uuid:pk>/sessions/", views.Convene, SERIES, "liaison-convene", "liaison.convene"),
    _screen("series/<uuid:pk>/hosts/", views.HostLedger, SERIES, "liaison-hosts", "liaison.view"),
]
