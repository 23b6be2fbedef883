"""The catalogue to print."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from huiguan.access import page
from library.models import Book


@page("library.view")
def catalogue(request: Any) -> HttpResponse:
    """Every book with its shelf."""
    return render(request, "library/catalogue.html", {"books": Book.objects.select_related("shelf")})
