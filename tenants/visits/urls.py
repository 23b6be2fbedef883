"""Addresses of the visits beside the standard screens."""

from typing import Any

from django.urls import path, re_path

from huiguan.capability import Resource
from tenants.visits.capability import VISITS
from tenants.visits.resources import NEED, VISIT
from tenants.visits.views import planning, recording, route
from tenants.visits.views.coverage import CoverageExport, CoverageList, members_to_visit
from tenants.visits.views.visits import NeedDetail, VisitDetail, VisitList


def _screen(view: Any, resource: Resource, permission: str = "visits.view") -> Any:
    return view.as_view(capability=VISITS, resource=resource, permission=permission)


MEMBERS = members_to_visit()

urlpatterns = [
    path("coverage/", _screen(CoverageList, MEMBERS), name="visits-coverage"),
    path("coverage.xlsx", _screen(CoverageExport, MEMBERS, "visits.export"), name="visits-coverage-export"),
    path("plan/", planning.plan, name="visits-plan"),
    path("plan/<uuid:batch>/undo/", planning.undo_plan, name="visits-plan-undo"),
    path("route/", route.route, name="visits-route"),
    path("route.pdf", route.route_paper, name="visits-route-paper"),
    path("visit/", _screen(VisitList, VISIT), name="visits-visit-list"),
    path("visit/record/", recording.record_unplanned, name="visits-record-unplanned"),
    path("visit/<uuid:pk>/", _screen(VisitDetail, VISIT), name="visits-visit-detail"),
    path("visit/<uuid:pk>/record/", recording.record, name="visits-record"),
    path("visit/<uuid:pk>/photos/<uuid:photo>/removal/", recording.remove_photo, name="visits-photo-removal"),
    path("visit/<uuid:pk>/moves/record/", recording.record, name="visits-visit-record-move"),
    re_path("^visit/many/(?P<name>postpone|cancel)/$", planning.change_many, name="visits-many"),
    path("need/<uuid:pk>/", _screen(NeedDetail, NEED), name="visits-need-detail"),
]
