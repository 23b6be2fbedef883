"""The bar of long work that the worker does, and asking for it again: the same for every folder's errands."""

from typing import Any

from celery import Task
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django_htmx.http import HttpResponseClientRefresh

from huiguan.access import page
from huiguan.errands import Errand


def errand_pages(model: type[Errand], task: Task, *, view: str, again: str) -> list[URLPattern]:
    """Beside the errand's own page `<route>-detail`, which includes `screens/_errand.html`.

    `view` and `again` are the permissions to look, and to ask for it once more after it failed.
    """

    @page(view, methods=("GET", "HEAD"))
    def progress(request: HttpRequest, pk: Any) -> HttpResponse:
        """Asked every other second; when it is done, the page itself."""
        errand = get_object_or_404(model, pk=pk)
        if not errand.is_waiting:
            return HttpResponseClientRefresh()
        errand.wake_again(task)
        return render(request, "screens/_errand_progress.html", {"record": errand})

    @page(again, methods=("POST",))
    def ask_again(request: HttpRequest, pk: Any) -> HttpResponse:
        """Nothing had happened."""
        errand = get_object_or_404(model, pk=pk)
        if errand.failure:
            errand.ask(task)
        return redirect(f"{errand.route()}-detail", pk=pk)

    stem, route = model._meta.model_name, model.route()
    return [
        path(f"{stem}/<uuid:pk>/progress/", progress, name=f"{route}-progress"),
        path(f"{stem}/<uuid:pk>/again/", ask_again, name=f"{route}-again"),
    ]
