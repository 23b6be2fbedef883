"""The screens of one record: facts, what can be done now, what belongs to it, history; new, edit, delete, move."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, ProtectedError
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DeleteView, DetailView, UpdateView, View

from huiguan import entitlements
from huiguan.capability import resources
from huiguan.screens.base import Screen
from huiguan.screens.columns import followed, joined
from huiguan.screens.fields import Shown, raw, shown
from huiguan.screens.moving import form_of
from huiguan.screens.panels import panels_of
from huiguan.screens.timeline import timeline_of
from huiguan.states import Move, WrongState, moves, moves_of, require_state


class RecordDetail(Screen, DetailView):  # type: ignore[type-arg]
    screen = "detail"
    context_object_name = "record"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.object
        return {
            **super().get_context_data(**kwargs),
            "facts": [self._fact(record, name) for name in self._fields()],
            "moves": [self._move(record, m) for m in moves_of(record, self.actor)] if hasattr(record, "status") else [],
            "related": [self._related(record, name) for name in self.resource.related],
            "panels": panels_of(record, self.actor),
            "timeline": timeline_of(record, self.actor, self.request.GET.get("moments", "")),
            "edit_url": self.url_if("change", "edit", record),
            "delete_url": self.url_if("delete", "delete", record),
        }

    def _fields(self) -> list[str]:
        return list(self.resource.detail_fields or self.resource.form_fields or self.resource.list_fields)

    def _fact(self, record: Any, name: str) -> Shown:
        """A record that has a page leads there, for whoever may see it."""
        fact, value = shown(record, name), raw(record, name)
        if not isinstance(value, Model) or fact.reveal or not self._may_see(type(value)):
            return fact
        return fact._replace(url=_detail_url(value))

    def _may_see(self, model: Any) -> bool:
        here = resources(self.request.host.kind)  # type: ignore[attr-defined]
        return any(r.model is model and self.actor.can(f"{c.name}.view") for c, r in here)

    def _move(self, record: Any, declared: Move) -> dict[str, Any]:
        url = reverse(f"{self.resource.route}-move", args=[record.pk, declared.name])
        return {
            "name": declared.name,
            "label": declared.label,
            "url": url,
            "danger": declared.danger,
            "needs_form": declared.needs_form,
            "description": declared.description,
        }

    def _related(self, record: Any, name: str) -> dict[str, Any]:
        manager = getattr(record, name)
        meta = manager.model._meta
        is_held = name in getattr(record, "_prefetched_objects_cache", {})
        found = (manager.all() if is_held else read_at_once(manager, manager.field.name))[:50]
        rows = [_related_row(r, manager.field.name) for r in found]
        label = str(meta.verbose_name_plural)
        return {"label": label, "rows": rows, "url": "", "empty_text": _("No {records} yet").format(records=label)}


class Edited(Screen):
    """A form made from the resource; `resource.form` names one of the folder's own."""

    screen = "form"

    def get_form_class(self) -> type[forms.BaseModelForm[Any]]:
        if self.resource.form:
            return import_string(self.resource.form)  # type: ignore[no-any-return]
        return modelform_factory(self.resource.model, fields=list(self.resource.form_fields))

    def form_valid(self, form: Any) -> HttpResponse:
        if _belongs_here(form.instance, self.actor):
            form.instance.federation_id = self.actor.federation_id
        if refusal := self._beyond_the_plan(form.instance):
            form.add_error(None, refusal)
            return self.form_invalid(form)  # type: ignore[attr-defined, no-any-return]
        form.save()
        messages.success(self.request, _("“{record}” was saved.").format(record=form.instance))
        return redirect(self.url("detail", form.instance))

    def _beyond_the_plan(self, record: Any) -> str:
        """Why the chamber's plan does not allow one more; empty when it does."""
        what = self.resource.entitlement
        if not what or not record._state.adding or self.actor.chamber_id is None:
            return ""
        answer = entitlements.may(self.actor.chamber_id, what)
        return "" if answer.allowed else str(answer.reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = getattr(self, "object", None)
        back = self.url("detail", record) if record else self.url("list")
        return {**super().get_context_data(**kwargs), "record": record, "cancel_url": back}


class RecordCreate(Edited, CreateView):  # type: ignore[type-arg, misc]
    def get_initial(self) -> dict[str, Any]:
        """What the link that led here knows already."""
        return {**super().get_initial(), **self.request.GET.dict()}


class RecordUpdate(Edited, UpdateView):  # type: ignore[type-arg, misc]
    pass


class RecordDelete(Screen, DeleteView):  # type: ignore[type-arg]
    http_method_names = [
        "get",
        "post",
        "head",
        "options",
    ]  # Django's own answer to DELETE asks nobody and tells nothing
    screen = "confirm_delete"
    context_object_name = "record"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.url("detail", self.object)
        return {**super().get_context_data(**kwargs), "cancel_url": back, "dependents": _dependents(self.object)}

    def form_valid(self, form: Any) -> HttpResponse:
        title = str(self.object)
        try:
            self.object.delete()
        except ProtectedError:
            messages.error(self.request, _("“{record}” is still used by other records.").format(record=title))
            return redirect(self.url("detail", self.object))
        messages.success(self.request, _("“{record}” was deleted.").format(record=title))
        return redirect(self.url("list"))


class RecordMove(Screen, View):
    """POST to a move. One that needs words first shows a form with a field for each."""

    def get(self, request: HttpRequest, pk: Any, name: str) -> HttpResponse:
        """Nobody writes into a form whose answer would be refused."""
        record, declared = self._found(pk, name)
        try:
            require_state(record, declared.sources)
        except WrongState as error:
            messages.error(request, str(error))
            return redirect(self.url("detail", record))
        return self._ask(record, declared, self.form_for(record, declared))

    def post(self, request: HttpRequest, pk: Any, name: str) -> HttpResponse:
        record, declared = self._found(pk, name)
        form = self.form_for(record, declared, request.POST)
        if not form.is_valid():
            return self._ask(record, declared, form)
        try:
            getattr(record, declared.name)(**form.cleaned_data)
        except WrongState as error:
            messages.error(request, str(error))
        except ValidationError as error:
            form.add_error(None, _of_the_form(error, form))
            return self._ask(record, declared, form)
        else:
            messages.success(request, _("Done: {move}.").format(move=declared.label))
        return redirect(self.url("detail", record))

    def form_for(self, record: Any, declared: Move, data: Any = None) -> forms.Form:
        """A folder whose forms must know their record overrides this."""
        form: forms.Form = form_of(self.resource.model, declared)(data)
        return form

    def _found(self, pk: Any, name: str) -> tuple[Any, Move]:
        record = get_object_or_404(self.get_queryset(), pk=pk)
        declared = next((m for m in moves(self.resource.model) if m.name == name), None)
        if declared is None:
            from django.http import Http404

            raise Http404(name)
        self.actor.require(declared.permission)
        return record, declared

    def _ask(self, record: Any, declared: Move, form: forms.Form) -> HttpResponse:
        meta = self.resource.model._meta
        names = [f"{meta.app_label}/{meta.model_name}_{declared.name}.html", "screens/move_form.html"]
        context = {"form": form, "record": record, "move": declared, "cancel_url": self.url("detail", record)}
        return render(self.request, names, context)


def _of_the_form(error: ValidationError, form: forms.Form) -> ValidationError:
    """A move may find fault with a field of its record that nobody was asked for: then the words alone are shown."""
    named = set(getattr(error, "error_dict", ()))
    return error if named <= set(form.fields) else ValidationError(error.messages)


def _related_row(record: Any, parent: str) -> dict[str, Any]:
    """As its own list would show it, when it has one, without what it says of the record it stands with."""
    shown_in = _resource_of(type(record))
    names = [name for name in shown_in.list_fields if name.split("__")[0] != parent] if shown_in else []
    cells = [shown(record, name) for name in names]
    return {"title": str(record), "url": _detail_url(record), "record": record, "cells": cells}


def read_at_once(manager: Any, parent: str) -> Any:
    """Related records with all that their cells follow, so that each does not ask for itself; `parent` is at hand."""
    shown_in = _resource_of(manager.model)
    if shown_in is None:
        return manager.all()
    further = [path for path in followed(shown_in) if path.split("__")[0] != parent]
    return joined(manager.all(), further).prefetch_related(*shown_in.prefetch)


def _resource_of(model: Any) -> Any:
    return next((r for _c, r in resources() if r.model is model), None)


def _dependents(record: Any) -> list[str]:
    """What would go with the record, by kind and number."""
    related = [f for f in record._meta.related_objects if f.get_accessor_name() and not f.hidden]
    counted = [(f.related_model._meta.verbose_name_plural, _count(record, f)) for f in related]
    return [f"{label}：{number}" for label, number in counted if number]


def _count(record: Any, relation: Any) -> int:
    return int(relation.related_model._base_manager.filter(**{relation.field.name: record}).count())


def _detail_url(record: Any) -> str:
    try:
        return reverse(f"{record._meta.app_label}-{record._meta.model_name}-detail", args=[record.pk])
    except NoReverseMatch:
        return ""


def _belongs_here(record: Any, actor: Any) -> bool:
    return actor.federation_id is not None and hasattr(record, "federation_id") and not raw(record, "federation_id")
