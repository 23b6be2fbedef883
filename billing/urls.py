"""The chamber's pages about its plan."""

from django.urls import path

from billing import views

urlpatterns = [
    path("", views.home, name="billing-home"),
    path("invoices/", views.invoices, name="billing-invoices"),
    path("plans/<slug:code>/", views.choose, name="billing-choose"),
    path("portal/", views.portal, name="billing-portal"),
    path("cancellation/", views.cancellation, name="billing-cancellation"),
    path("continuation/", views.continuation, name="billing-continuation"),
]
