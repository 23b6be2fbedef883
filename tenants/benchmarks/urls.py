"""Addresses of the chamber's side of benchmarking."""

from django.urls import path

from tenants.benchmarks import views

urlpatterns = [
    path("", views.home, name="benchmarks-home"),
    path("computation/", views.compute, name="benchmarks-compute"),
    path("kpis/<slug:code>/share/", views.share, name="benchmarks-share"),
    path("shares/again/", views.share_again, name="benchmarks-share-again"),
    path("shares/<uuid:pk>/withdrawal/", views.withdraw, name="benchmarks-withdraw"),
    path("check/", views.send, name="benchmarks-send"),
]
