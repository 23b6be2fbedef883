"""Endpoints of a resource, made from its declaration: a list, one record, entering one, and its moves."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from django.forms import modelform_factory
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from api.entering import shape_of, shape_of_any
from api.views.base import Endpoint, Repeatable
from huiguan.capability import Capability, Resource
from huiguan.screens.base import search, visible
from huiguan.screens.moving import defaults_of, form_of
from huiguan.states import moves


class OfResource(Endpoint, GenericAPIView):  # type: ignore[type-arg, misc]
    """`as_view(capability=…, resource=…)` sets what it answers for."""

    capability: Capability = None  # type: ignore[assignment]
    resource: Resource = None  # type: ignore[assignment]
    serializer_class: Any = None

    def get_queryset(self) -> Any:
        records = visible(self.resource, self.request.auth.actor).order_by("id")  # type: ignore[union-attr]
        return import_string(self.resource.api_shown)(records) if self.resource.api_shown else records

    def get_serializer_class(self) -> Any:
        return serializer_of(self.resource, self._fields())

    def _fields(self) -> Sequence[str]:
        """The fields of the resource, less those the chamber did not grant, less those not asked for."""
        names = list(self.resource.api_fields)
        if getattr(self, "swagger_fake_view", False):  # the document is drawn for nobody
            return names
        granted = getattr(self.request.auth, "member_fields", None) if getattr(self, "request", None) else None
        if granted and self.resource.api_shown:
            names = [n for n in names if n in granted]
        wanted = self.request.query_params.get("fields", "") if getattr(self, "request", None) else ""
        return [n for n in names if n in wanted.split(",")] if wanted else names


class Collection(OfResource):
    """GET: search with `q`, filter by the resource's filter fields, `fields=` to get fewer."""

    is_list = True

    def get(self, request: Request) -> Response:
        records = self.get_queryset()
        for name in self.resource.filter_fields:
            if value := asked(request, name):
                records = records.filter(**{name: value})
        if words := asked(request, "q")[:100]:
            records = search(records, self.resource, words)
        page = self.paginate_queryset(records) or []
        answer = self.get_paginated_response(self.get_serializer(page, many=True).data)
        answer.rows_shown = len(page)  # type: ignore[attr-defined]
        return answer

    def asked_for(self) -> Iterator[tuple[str, Any, str, dict[str, Any]]]:
        """Name, kind, meaning and more of each parameter of the query."""
        yield "q", str, "Words to search for.", {}
        yield "fields", str, f"Some of {', '.join(self.resource.api_fields)}, with commas between.", {}
        for name in self.resource.filter_fields:
            yield name, str, "Only records that say this.", {}


class Entering:
    """POST through the form that people use: the same rules, the same texts."""

    def post(self, request: Request) -> Response:
        self.request.auth.actor.require(f"{self.capability.name}.change")  # type: ignore[attr-defined]
        said = _shaped(request, self.wanted())
        form = self._form()(data={**defaults_of(self.resource.model), **said})  # type: ignore[attr-defined]
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        record = form.save()
        return Response(serializer_of(self.resource, self.resource.api_fields)(record).data, status=201)  # type: ignore[attr-defined]

    def wanted(self) -> Any:
        resource = self.resource  # type: ignore[attr-defined]
        name = f"{resource.model.__name__}Entered"
        return shape_of(name, self._form(), defaults_of(resource.model))

    def _form(self) -> Any:
        resource = self.resource  # type: ignore[attr-defined]
        return (
            import_string(resource.form)
            if resource.form
            else modelform_factory(resource.model, fields=resource.form_fields)
        )


class WritableCollection(Repeatable, Entering, Collection):  # type: ignore[misc]
    """A collection that partners with the write scope may add to."""


class Single(OfResource):
    """One record with its ETag."""

    def get(self, request: Request, pk: Any) -> Response:
        record = get_object_or_404(self.get_queryset(), pk=pk)
        answer = Response(self.get_serializer(record).data, headers={"ETag": f'"{record.changed_at.timestamp()}"'})
        answer.rows_shown = 1  # type: ignore[attr-defined]
        return answer


class Moves(OfResource):
    """POST to a declared move: `listings/<id>/moves/publish/`. The move asks for its own permission."""

    writing = ("write", "publish")

    def post(self, request: Request, pk: Any, name: str) -> Response:
        record = get_object_or_404(self.get_queryset(), pk=pk)
        declared = next((m for m in moves(self.resource.model) if m.name == name), None)
        if declared is None:
            raise serializers.ValidationError({"move": [f"there is no move {name}"]})
        form = form_of(self.resource.model, declared)
        form = form(data=_shaped(request, shape_of(f"{name}Move", form, {})))
        if not form.is_valid():
            raise serializers.ValidationError(form.errors)
        getattr(record, name)(**form.cleaned_data)
        return Response(self.get_serializer(record).data)

    def wanted(self) -> Any:
        model = self.resource.model
        return shape_of_any(f"{model.__name__}Moved", [form_of(model, each) for each in moves(model)])

    def asked_for(self) -> Iterator[tuple[str, Any, str, dict[str, Any]]]:
        names = [each.name for each in moves(self.resource.model)]
        yield "name", str, "The move; each asks for its own permission.", {"location": "path", "enum": names}


class Moving(Repeatable, Moves):  # type: ignore[misc]
    """A move that is made once for each Idempotency-Key."""


def asked(request: Request, name: str) -> str:
    """A parameter of the query; refused when no text of the database could be it."""
    value: str = request.query_params.get(name, "")
    if "\0" in value:
        raise serializers.ValidationError({name: ["no null characters"]})
    return value


def _shaped(request: Request, shape: Any) -> dict[str, Any]:
    """The body as a JSON object, its fields of the kinds that the document says. What is missing the form tells."""
    if not isinstance(request.data, dict):
        raise serializers.ValidationError({"": ["a JSON object is expected"]})
    shape(data=request.data, partial=True).is_valid(raise_exception=True)
    return request.data


def serializer_of(resource: Resource, fields: Sequence[str]) -> Any:
    """A serializer of exactly these fields; it holds no rule. The same one each time, as the document wants it."""
    return _serializer(resource.model, resource.api_name, tuple(fields))


@cache
def _serializer(model: Any, api_name: str, fields: tuple[str, ...]) -> Any:
    meta = type("Meta", (), {"model": model, "fields": ["id", *fields], "read_only_fields": ["id", *fields]})
    return type(f"{api_name.title().replace('_', '')}Record", (serializers.ModelSerializer,), {"Meta": meta})
