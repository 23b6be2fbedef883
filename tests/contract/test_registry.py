"""What every declaration must satisfy."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from huiguan import access
from huiguan.actors import Actor, acting_as
from huiguan.capability import Capability, capabilities
from huiguan.files.uploading import MOST_BYTES
from huiguan.records import Record, Trailed
from huiguan.roles import Role
from huiguan.screens.fields import MASK, label_of, shown
from huiguan.states import Stateful, moves

ALL = [pytest.param(c, id=f"{c.place}-{c.name}") for c in capabilities()]
OUR_MODELS = [m for m in apps.get_models() if issubclass(m, Trailed)]


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def known(place: str) -> set[str]:
    return {p.name for c in capabilities(place) for p in c.permissions}


@pytest.mark.parametrize("place", ["chamber", "federation", "site"])
def test_every_address_says_what_it_needs(place: str) -> None:
    found = list(patterns(get_resolver(settings.URLCONFS[place])))
    assert len(found) > 10
    for pattern in found:
        view = pattern.callback
        module = getattr(getattr(view, "view_class", None) or getattr(view, "cls", None), "__module__", view.__module__)
        if module.startswith(settings.SITE_VIEW_MODULES):
            continue
        needs = access.permission_of(view)
        assert needs, f"{pattern.pattern} ({module}) declares nothing"
        assert needs in {access.PUBLIC, access.OWN, access.SIGNED_IN} | known(place), (
            f"{needs} of {pattern.pattern} is in no capability"
        )


@pytest.mark.parametrize("capability", ALL)
def test_permissions_are_named_after_their_folder_and_given_to_roles_that_exist(capability: Capability) -> None:
    for permission in capability.permissions:
        assert permission.name.startswith(f"{capability.name}.")
        assert permission.roles <= set(Role)
    if capability.resources:
        assert f"{capability.name}.view" in capability.permission_names


@pytest.mark.parametrize("capability", ALL)
def test_what_a_folder_does_for_others_is_named_after_it(capability: Capability) -> None:
    assert all(name.startswith(f"{capability.name}.") for name in capability.verbs)


@pytest.mark.parametrize("capability", ALL)
def test_files_are_kept_for_purposes_that_a_permission_reads_and_an_upload_can_reach(capability: Capability) -> None:
    for purpose in capability.files:
        assert purpose.name.startswith(f"{capability.name}.")
        assert purpose.permission in known(capability.place)
        assert purpose.kinds and purpose.label
        assert purpose.most_megabytes * 2**20 < MOST_BYTES


@pytest.mark.parametrize("capability", ALL)
def test_fields_of_a_resource_exist_and_are_labelled(capability: Capability) -> None:
    for resource in capability.resources:
        names = {*resource.list_fields, *resource.detail_fields, *resource.form_fields, *resource.api_fields}
        for name in names:
            assert label_of(resource.model, name)


@pytest.mark.parametrize("model", [m for m in OUR_MODELS if issubclass(m, Stateful)], ids=lambda m: m._meta.label)
def test_moves_need_a_permission_that_exists_and_lead_to_states_that_exist(model: Any) -> None:
    declared = list(moves(model))
    everything = known("chamber") | known("federation") | known("site")
    states = {value for value, _label in model._meta.get_field("status").choices}
    assert declared
    for move in declared:
        by_message_only = move.permission.endswith(".receive")  # held by no role: a handler makes it
        assert by_message_only or move.permission in everything, move
        assert {*move.sources, move.to or move.sources[0]} <= states, move


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda m: m._meta.label)
def test_keys_are_uuids_and_no_relation_crosses_schemas(model: Any) -> None:
    assert model._meta.pk.get_internal_type() == "UUIDField"
    for field in model._meta.concrete_fields:
        if field.is_relation:
            assert issubclass(model, Record) == issubclass(field.related_model, Record), field


def test_a_capability_registered_twice_is_refused() -> None:
    from huiguan.capability import register

    with pytest.raises(ValueError, match="twice"):
        register(capabilities()[0])


@pytest.mark.parametrize("model", [m for m in OUR_MODELS if m.guarded], ids=lambda m: m._meta.label)
def test_a_guarded_field_exists_and_is_shown_to_those_who_hold_a_declared_permission(model: Any) -> None:
    everything = known("chamber") | known("federation") | known("site")
    for name, permission in model.guarded.items():
        value = {"ArrayField": ["内情"]}.get(model._meta.get_field(name).get_internal_type(), "内情")
        assert permission in everything
        with acting_as(Actor("stranger", permissions=frozenset(everything - {permission}))):
            assert shown(model(**{name: value}), name).text == MASK
        with acting_as(Actor("reader", permissions=frozenset({permission}))):
            assert shown(model(**{name: value}), name).text == "内情"
