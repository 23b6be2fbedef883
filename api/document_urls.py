"""What the OpenAPI document describes: the API as it stands on any chamber's host."""

from django.urls import include, path

urlpatterns = [path("api/", include("api.urls"))]
