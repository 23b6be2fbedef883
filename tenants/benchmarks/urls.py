"""Addresses of the chamber's side of benchmarking."""

from django.urls import path

from tenants.benchmarks.views import exchanges, kpis
from tenants.benchmarks.views import home as views

urlpatterns = [
    path("", views.home, name="benchmarks-home"),
    path("computation/", views.compute, name="benchmarks-compute"),
    path("kpis/<slug:code>/", kpis.kpi, name="benchmarks-kpi"),
    path("kpis/<slug:code>/target/", kpis.adopt, name="benchmarks-adopt"),
    path("kpis/<slug:code>/practice/", kpis.share_practice, name="benchmarks-practice"),
    path("kpis/<slug:code>/exchange/", exchanges.ask, name="benchmarks-exchange-ask"),
    path("exchanges/<uuid:pk>/", exchanges.exchange, name="benchmarks-exchange"),
    path("exchanges/<uuid:pk>/end/", exchanges.end, name="benchmarks-exchange-end"),
    path("exchanges/<uuid:pk>/answer/", exchanges.answer, name="benchmarks-exchange-answer"),
    path("exchanges/<uuid:pk>/report/", exchanges.report, name="benchmarks-exchange-report"),
    path("exchanges/<uuid:pk>/target/", exchanges.take_on, name="benchmarks-exchange-target"),
    path("exchanges/<uuid:pk>/rating/", exchanges.rate, name="benchmarks-exchange-rate"),
    path("practices/<uuid:pk>/end/", kpis.end_practice, name="benchmarks-practice-end"),
    path("shares/<uuid:pk>/topics/", kpis.topics, name="benchmarks-topics"),
    path("kpis/<slug:code>/share/", views.share, name="benchmarks-share"),
    path("shares/again/", views.share_again, name="benchmarks-share-again"),
    path("shares/<uuid:pk>/withdrawal/", views.withdraw, name="benchmarks-withdraw"),
    path("check/", views.send, name="benchmarks-send"),
]
