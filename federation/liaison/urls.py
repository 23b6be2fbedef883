"""The addresses of liaison meetings that are more than standard screens, below `/liaison/`."""

from typing import Any

from django.urls import URLPattern, path

from federation.liaison.capability import LIAISON, SERIES, SESSIONS
from federation.liaison.views import series, sessions


def _screen(address: str, view: Any, resource: Any, name: str, permission: str) -> URLPattern:
    answered = view.as_view(capability=LIAISON, resource=resource, permission=permission)
    found: URLPattern = path(address, answered, name=name)
    return found


urlpatterns = [
    _screen("session/", sessions.SessionList, SESSIONS, "liaison-session-list", "liaison.view"),
    _screen("session/new/", series.NextSession, SERIES, "liaison-next", "liaison.convene"),
    _screen("session/<uuid:pk>/", sessions.SessionPage, SESSIONS, "liaison-session-detail", "liaison.view"),
    _screen(
        "session/<uuid:pk>/moves/<slug:name>/", sessions.SessionMove, SESSIONS, "liaison-session-move", "liaison.change"
    ),
    _screen("session/<uuid:pk>/room/", sessions.Room, SESSIONS, "liaison-room", "liaison.change"),
    _screen("session/<uuid:pk>/press/", sessions.PressDraft, SESSIONS, "liaison-press", "liaison.change"),
    _screen("session/<uuid:pk>/print/", sessions.MinutesPage, SESSIONS, "liaison-minutes", "liaison.view"),
    _screen("session/<uuid:pk>/minutes.pdf", sessions.MinutesPdf, SESSIONS, "liaison-minutes-pdf", "liaison.view"),
    _screen("series/<uuid:pk>/", series.SeriesPage, SERIES, "liaison-series-detail", "liaison.view"),
    _screen("series/<uuid:pk>/sessions/", series.Convene, SERIES, "liaison-convene", "liaison.convene"),
    _screen("series/<uuid:pk>/review/", series.Review, SERIES, "liaison-review", "liaison.view"),
    _screen("series/<uuid:pk>/suggestions/<uuid:key>/", series.TakeUp, SERIES, "liaison-take-up", "liaison.change"),
    _screen("series/<uuid:pk>/hosts/", series.HostLedger, SERIES, "liaison-hosts", "liaison.view"),
]
