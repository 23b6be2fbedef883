"""The human page of the API, drawn from the OpenAPI document, so that it cannot say anything else."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator

from api.scopes import labels
from huiguan import access
from huiguan.access import page


@page(access.PUBLIC)
def documentation(request: HttpRequest) -> HttpResponse:
    """Operations with their parameters and fields, scopes, and a runnable example."""
    generator: Any = SchemaGenerator
    document = generator(urlconf="api.document_urls").get_schema(request=None, public=True)
    context = {
        "operations": list(_operations(document)),
        "scopes": labels(),
        "base": settings.BASE_DOMAIN,
        "version": document["openapi"],
    }
    return render(request, "api/documentation.html", context)


def _operations(document: dict[str, Any]) -> Any:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "patch", "delete"):
                named = {"method": method.upper(), "path": path, "text": operation.get("description", "")}
                yield {**named, "parameters": operation.get("parameters", ())}
