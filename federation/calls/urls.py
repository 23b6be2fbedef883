"""The addresses of data calls that are more than standard screens, below `/calls/`."""

from typing import Any

from django.urls import URLPattern, path

from federation.calls import views
from federation.calls.capability import CALLS, REPORTING


def _screen(address: str, view: Any, name: str, permission: str = "calls.view") -> URLPattern:
    answered = view.as_view(capability=REPORTING, resource=CALLS, permission=permission)
    found: URLPattern = path(address, answered, name=name)
    return found


urlpatterns = [
    _screen("call/<uuid:pk>/", views.CallPage, "calls-call-detail"),
    _screen("call/<uuid:pk>/moves/<slug:name>/", views.CallMove, "calls-call-move"),
    _screen("call/<uuid:pk>/sheet.xlsx", views.SheetFile, "calls-sheet", "calls.change"),
    path("call/<uuid:pk>/reports/", views.reports, name="calls-reports"),
    path("call/<uuid:pk>/reports/new/", views.add_report, name="calls-report-new"),
    path("files/<uuid:pk>/", views.answer_file, name="calls-answer-file"),
    path("reports/<uuid:pk>/file/", views.report_file, name="calls-report-file"),
    path("reports/<uuid:pk>/removal/", views.remove_report, name="calls-report-removal"),
    path("punctuality/", views.on_time, name="calls-punctuality"),
]
