"""What a federation's host answers."""

from django.urls import path

from huiguan import errors
from huiguan.capability import Place
from huiguan.screens import workbench
from huiguan.urls import everywhere, urls_of

urlpatterns = [
    path("", workbench.Workbench.as_view(), name="home"),
    path("tasks/", workbench.Tasks.as_view(), name="tasks"),
    path("search/", workbench.Search.as_view(), name="search"),
    *urls_of(Place.FEDERATION),
    *everywhere(),
]
handler400, handler403, handler404, handler500 = errors.handlers
