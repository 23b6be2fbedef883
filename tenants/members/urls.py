"""Addresses of the members' folder beside the standard screens."""

from django.urls import path

from tenants.members import views

urlpatterns = [
    path("import/", views.import_register, name="members-import"),
    path("registerimport/<uuid:pk>/", views.check_import, name="members-registerimport-detail"),
    path("registerimport/<uuid:pk>/columns/", views.map_columns, name="members-import-columns"),
    path("registerimport/rows/<uuid:pk>/", views.decide_row, name="members-import-row"),
]
