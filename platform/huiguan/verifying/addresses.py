"""Every address of the house, read from the URL sets themselves: nobody keeps a list that could be forgotten."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize

from huiguan import access

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """`route` as the URL set writes it; `parameters` by name with their converter (`uuid`, `slug`, `str`, `regex`)."""

    place: str
    route: str
    form: str
    parameters: Mapping[str, str]
    view: Any

    def __str__(self) -> str:
        return f"{self.place} {self.route}"

    @property
    def needs(self) -> str | None:
        """The permission it declares; None for the libraries' own views."""
        return access.permission_of(self.view)

    @property
    def keys(self) -> list[str]:
        """The parameters that name a record."""
        return [name for name, converter in self.parameters.items() if converter == "uuid"]

    def at(self, values: Mapping[str, Any]) -> str:
        return self.form % {name: values[name] for name in self.parameters}


def addresses(place: str) -> list[Address]:
    """Of one place, each route once: of two that are alike the second is never asked."""
    found: dict[str, Address] = {}
    for route, form, parameters, view in _walk(get_resolver(settings.URLCONFS[place])):
        found.setdefault(route, Address(place, route, form, parameters, view))
    return list(found.values())


def _walk(resolver: URLResolver, route: str = "/", form: str = "/") -> Iterator[tuple[str, str, dict[str, str], Any]]:
    for entry in resolver.url_patterns:
        here, there = route + str(entry.pattern), form + _form(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, here, there)
        elif isinstance(entry, URLPattern):
            yield here, there, _parameters(here, there), entry.callback


def _form(pattern: Any) -> str:
    """With `%(name)s` where a value stands."""
    if isinstance(pattern, RegexPattern):
        return str(normalize(str(pattern))[0][0])
    return PARAMETER.sub(r"%(\2)s", str(pattern).replace("%", "%%"))


def _parameters(route: str, form: str) -> dict[str, str]:
    known = {name: converter or "str" for converter, name in PARAMETER.findall(route) if f"?P<{name}>" not in route}
    return {name: known.get(name, "regex") for name in re.findall(r"%\((\w+)\)s", form)}
