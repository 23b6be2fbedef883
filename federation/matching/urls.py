"""The addresses of the matching that are more than standard screens, below `/matching/`."""

from django.urls import path

from federation.matching import views

urlpatterns = [
    path("statistics/", views.statistics, name="matching-statistics"),
    path("distributions/", views.distribute, name="matching-distribute"),
    path("rules/", views.rules, name="matching-rules"),
]
