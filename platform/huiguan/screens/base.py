"""What the standard screens share: the resource they show, the records the actor may see, and their templates."""

from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from huiguan import personal
from huiguan.actors import Actor, current_actor
from huiguan.capability import Capability, Resource


class Screen:
    """A capability replaces a template by shipping `<app>/<model>_<screen>.html`.

    A record that the actor may not see does not exist for them: they are found through `get_queryset` (404, never 403).
    """

    request: HttpRequest
    capability: Capability = None  # type: ignore[assignment]  # as_view() sets it
    resource: Resource = None  # type: ignore[assignment]
    permission: str = ""
    screen: ClassVar[str] = ""

    @property
    def actor(self) -> Actor:
        return self.request.actor  # type: ignore[attr-defined, no-any-return]

    def get_queryset(self) -> QuerySet[Any]:
        return visible(self.resource, self.actor)

    def get_template_names(self) -> list[str]:
        meta = self.resource.model._meta
        return [f"{meta.app_label}/{meta.model_name}_{self.screen}.html", f"screens/record_{self.screen}.html"]

    def url(self, screen: str, record: Any = None) -> str:
        return reverse(f"{self.resource.route}-{screen}", args=[record.pk] if record else [])

    def url_if(self, action: str, screen: str, record: Any = None) -> str | None:
        """The address of a screen when the resource has it and the actor may use it."""
        may = self.actor.can(f"{self.capability.name}.{action}")  # nobody can what the folder has not declared
        has_it = screen not in ("new", "edit") or bool(self.resource.form_fields or self.resource.form)
        return self.url(screen, record) if may and has_it else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**context, "resource": describe(self.resource, self.capability), "capability": self.capability}


def visible(resource: Resource, actor: Actor) -> QuerySet[Any]:
    """The records of a resource that this actor may know of."""
    records = resource.model._default_manager.all()
    if resource.visible:
        records = resource.visible(records, actor)
    elif _belongs_to_a_federation(resource.model):
        records = records.filter(federation_id=actor.federation_id)
    return records.order_by(*resource.ordering) if resource.ordering else records


def search(records: QuerySet[Any], resource: Resource, words: str) -> QuerySet[Any]:
    """The records that hold the words, by the resource's own search or in any of its search fields."""
    if resource.search:
        return resource.search(records, words)
    match = models.Q()
    for field in resource.search_fields:
        if personal.is_hidden(personal.kind_of(resource.model, field), current_actor()):
            continue  # whoever may not read it does not find by parts of it
        match |= models.Q(**{f"{field}__icontains": words})
    return records.filter(match).distinct()


def describe(resource: Resource, capability: Capability) -> dict[str, Any]:
    """The words and the sign of a resource for its templates."""
    meta = resource.model._meta
    return {
        "label": meta.verbose_name,
        "label_plural": meta.verbose_name_plural,
        "icon": capability.icon,
        "route": resource.route,
        "list_url": reverse(f"{resource.route}-list"),
        "empty": resource.empty,
    }


def _belongs_to_a_federation(model: type[models.Model]) -> bool:
    in_public = apps.get_app_config(model._meta.app_label).name in settings.SHARED_APPS
    return in_public and any(f.attname == "federation_id" for f in model._meta.concrete_fields)
