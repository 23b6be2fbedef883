"""The addresses of a chamber's notices and data calls, below `/reporting/`. An answer is a POST to a noun."""

from django.urls import path

from tenants.reporting import views

urlpatterns = [
    path("", views.home, name="reporting-home"),
    path("calls/<uuid:pk>/", views.call, name="reporting-call"),
    path("calls/<uuid:pk>/receipt/", views.confirm_read, name="reporting-receipt"),
    path("calls/<uuid:pk>/draft/", views.save_draft, name="reporting-draft"),
    path("calls/<uuid:pk>/signature/", views.sign, name="reporting-signature"),
    path("calls/<uuid:pk>/withdrawal/", views.withdraw, name="reporting-withdrawal"),
]
