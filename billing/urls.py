"""The chamber's pages about its plan."""

from django.urls import path

from billing import receiving_views as receiving
from billing import views

urlpatterns = [
    path("", views.home, name="billing-home"),
    path("invoices/", views.invoices, name="billing-invoices"),
    path("plans/<slug:code>/", views.choose, name="billing-choose"),
    path("portal/", views.portal, name="billing-portal"),
    path("cancellation/", views.cancellation, name="billing-cancellation"),
    path("receiving/", receiving.home, name="billing-receiving"),
    path("receiving/connection/", receiving.connect, name="billing-receiving-connect"),
    path("receiving/completion/", receiving.complete, name="billing-receiving-complete"),
    path("receiving/disconnection/", receiving.disconnect, name="billing-receiving-disconnect"),
    path("continuation/", views.continuation, name="billing-continuation"),
]
