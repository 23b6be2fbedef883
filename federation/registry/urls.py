"""The register's own addresses, beside the standard screens."""

from django.urls import path

from federation.registry import views

urlpatterns = [
    path("membershipinvitation/new/", views.invite, name="registry-invite"),
    path("federation/", views.describe, name="registry-federation"),
    path("sharingagreement/new/", views.issue, name="registry-issue"),
]
