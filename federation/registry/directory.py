"""The directory on the federation's host: what chambers published of themselves, and nothing else."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from federation.registry import queries
from federation.registry.narrowing import narrowed
from huiguan.access import page


@page("directory.view", methods=("GET", "HEAD"))
def directory(request: Any) -> HttpResponse:
    """By region and kind, or by words."""
    profiles = queries.directory(request.actor.federation_id)
    return render(request, "registry/directory.html", narrowed(profiles, request.GET))
