"""Builds a place's urls from the registry: the folders' own first, then the standard screens of their resources."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from huiguan.capability import Capability, Place, capabilities
from huiguan.screens.urls import screens

Urls = list[URLPattern | URLResolver]


def urls_of(place: Place) -> Urls:
    """Everything that the capabilities of a place answer, each under its name."""
    return [path(f"{c.name}/", include(_folder(c))) for c in capabilities(place)]


def everywhere() -> Urls:
    """What every host answers: signing in and out, and the choice of a language."""
    return [
        path("accounts/", include("huiguan.accounts.urls")),
        path("accounts/", include("allauth.account.urls")),
        path("accounts/mfa/", include("allauth.mfa.urls")),
    ]


def _folder(capability: Capability) -> Urls:
    own: Urls = list(capability.urls)
    if not own and find_spec(f"{capability.module}.urls"):
        own = import_module(f"{capability.module}.urls").urlpatterns
    return [*own, *(p for resource in capability.resources for p in screens(capability, resource))]
