"""The addresses of the exchange, below `/exchange/`. A move is a POST to a noun."""

from django.urls import path

from tenants.exchange.views import again, introductions, matches, mediations, readings, shelf, statistics

urlpatterns = [
    path("again/", again.again, name="exchange-again"),
    path("listing/<uuid:pk>/matches/", matches.matches, name="exchange-matches"),
    path("listing/<uuid:pk>/matches/<uuid:other>/interest/", matches.interest, name="exchange-interest"),
    path("shelf/", shelf.shelf, name="exchange-shelf"),
    path("finds/", shelf.finds, name="exchange-finds"),
    path("finds/reading/", shelf.read_finds, name="exchange-finds-read"),
    path("readings/<uuid:pk>/", readings.reading, name="exchange-reading"),
    path("statistics/", statistics.statistics, name="exchange-statistics"),
    path("mediations/<uuid:pk>/", mediations.mediation, name="exchange-mediation"),
    path("introductions/", introductions.overview, name="exchange-introductions"),
    path("introductions/<uuid:pk>/", introductions.introduction, name="exchange-introduction"),
    path("introductions/<uuid:pk>/<slug:step>/", introductions.take_step, name="exchange-introduction-step"),
]
