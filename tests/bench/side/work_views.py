"""The view whose cost is measured: as many queries as asked, a few bytes of answer. Copied into the temporary app."""

from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.urls import path

from .models import Thing


def answer(request: HttpRequest, queries: int) -> HttpResponse:
    for _number in range(queries):
        Thing.objects.count()
    return HttpResponse("ok")


if find_spec("huiguan"):
    answer.permission = "public"  # what huiguan.access asks of a view

urlpatterns = [path("bench/<int:queries>/", answer)]
