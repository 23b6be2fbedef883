"""Addresses of the applications beside the standard screens."""

from typing import Any

from django.urls import path

from tenants.applications.capability import APPLICATION, APPLICATIONS
from tenants.applications.views import office, public


def _screen(view: Any) -> Any:
    return view.as_view(capability=APPLICATIONS, resource=APPLICATION, permission="applications.view")


urlpatterns = [
    path("apply/", public.apply, name="applications-apply"),
    path("progress/<str:token>/", public.progress, name="applications-progress"),
    path("settings/", office.settings, name="applications-settings"),
    path("application/", _screen(office.ApplicationList), name="applications-application-list"),
    path("application/<uuid:pk>/", _screen(office.ApplicationDetail), name="applications-application-detail"),
    path("application/approval/", office.approve_many, name="applications-approve-many"),
    path("application/<uuid:pk>/former/<uuid:member>/", office.recognise_former, name="applications-former"),
]
