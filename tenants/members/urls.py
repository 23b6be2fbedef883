"""Addresses of the members' folder beside the standard screens."""

from django.urls import path

from tenants.members.views import importing

urlpatterns = [
    path("import/", importing.import_register, name="members-import"),
    path("registerimport/<uuid:pk>/", importing.check_import, name="members-registerimport-detail"),
    path("registerimport/<uuid:pk>/columns/", importing.map_columns, name="members-import-columns"),
    path("registerimport/rows/<uuid:pk>/", importing.decide_row, name="members-import-row"),
]
