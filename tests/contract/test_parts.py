"""What capabilities add to others' records: parts of a page, moments of a timeline, parts of the engagement."""

import datetime
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import UUIDField
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from huiguan.actors import Actor, acting_as, current_actor
from huiguan.capability import Capability, capabilities, resources
from huiguan.parts import EngagementPart, Moment, Moments, Panel, ValuePart
from huiguan.screens.panels import panels_of
from huiguan.screens.timeline import timeline_of
from huiguan.together import engagement_parts, value_parts
from tests.contract.samples import sample

pytestmark = pytest.mark.urls("huiguan.urls_chamber")
EVERYTHING = Actor("contract", permissions=frozenset({"*"}))
FEW, MANY = 2, 5
YEAR = datetime.timedelta(days=365)


def declared(seam: str) -> list[Any]:
    found = [(c, each) for c in capabilities() for each in getattr(c, seam)]
    return [pytest.param(c, each, id=f"{c.name}-{number}") for number, (c, each) in enumerate(found)]


def with_everything(model: Any) -> Any:
    """A record of the model that points to whatever is elsewhere, and a row of each kind that can point to it."""
    elsewhere = [f.name for f in model._meta.concrete_fields if f.null and isinstance(f, UUIDField)]
    record = sample(model, **{name: uuid.uuid4() for name in elsewhere})
    for relation in model._meta.related_objects:
        sample(relation.related_model, **{relation.field.name: record})
    return record


def page_of(record: Any) -> str:
    name = f"{record._meta.app_label}-{record._meta.model_name}-detail"
    return reverse(name, args=[record.pk])


@pytest.fixture
def here(working: Callable[[str], Any]) -> Iterator[Any]:
    """常德, as one who may do everything."""
    with acting_as(EVERYTHING):
        yield working("qin")


def only(*permissions: str) -> Actor:
    return Actor("somebody", permissions=frozenset(permissions))


@pytest.mark.parametrize(("capability", "each"), [*declared("panels"), *declared("moments")])
def test_what_is_added_belongs_to_a_record_that_has_a_page(capability: Capability, each: Panel | Moments) -> None:
    model = apps.get_model(each.model)
    assert model in {resource.model for _c, resource in resources()}
    known = {permission.name for c in capabilities() for permission in c.permissions}
    assert not each.permission or each.permission in known
    assert f"{capability.name}.view" in known


@pytest.mark.parametrize(("capability", "panel"), declared("panels"))
def test_a_panel_is_drawn_for_those_who_may_see_it_and_for_nobody_else(
    signed_in: Any, as_person: Any, capability: Capability, panel: Panel
) -> None:
    model = apps.get_model(panel.model)
    needed = panel.permission or f"{capability.name}.view"
    others = {p.name for c in capabilities() for p in c.permissions} - {needed}
    with as_person("qin"):
        record, here = with_everything(model), current_actor().chamber_id
        for actor, is_drawn in ((EVERYTHING, True), (only(*others), False)):
            drawn = {each["template"] for each in panels_of(record, replace(actor, chamber_id=here))}
            assert (panel.template in drawn) is is_drawn
    answer = signed_in("qin").get(page_of(record))
    assert panel.template in {template.name for template in answer.templates}


@pytest.mark.parametrize(("capability", "moments"), declared("moments"))
def test_moments_have_a_time_and_words_and_stand_in_the_timeline(
    here: Any, capability: Capability, moments: Moments
) -> None:
    record, name = with_everything(apps.get_model(moments.model)), f"{capability.name}.{moments.compute.__name__}"
    found = [Moment(*each) for each in moments.compute(record)]
    assert all(isinstance(each.at, datetime.date) and str(each.text) for each in found)
    whole, narrowed = timeline_of(record, EVERYTHING), timeline_of(record, EVERYTHING, name)
    assert str(moments.label) in {kind["label"] for kind in whole.kinds}
    assert [entry["kind"] for entry in narrowed.entries] == [str(moments.label)] * len(found)
    assert whole.entries == sorted(whole.entries, key=lambda entry: entry["at"], reverse=True)
    hidden = timeline_of(record, only("nothing.at.all"), name)
    assert hidden.kinds == []
    assert not any("kind" in entry for entry in hidden.entries)


@pytest.mark.parametrize("wanted", ["", "history", "nonsense", "exchange.__class__"])
def test_the_timeline_opens_whatever_the_address_asks(signed_in: Any, as_person: Any, wanted: str) -> None:
    for model in {apps.get_model(each.model) for c in capabilities() for each in c.moments}:
        with as_person("qin"):
            record = sample(model)
        assert signed_in("qin").get(page_of(record), {"moments": wanted}).status_code == 200


def test_parts_of_the_engagement_are_told_apart() -> None:
    codes = [part.code for part in engagement_parts()]
    assert len(codes) == len(set(codes)) > 0
    assert all(part.weight > 0 and str(part.label) for part in engagement_parts())


@pytest.mark.parametrize("part", [pytest.param(p, id=p.code) for p in engagement_parts()])
def test_a_part_of_the_engagement_says_nothing_where_nothing_is_known(here: Any, part: EngagementPart) -> None:
    today = localdate()
    assert part.compute(None, today - YEAR, today) == {}
    member = sample(apps.get_model("members.Member"))
    assert part.compute([member.pk], today - YEAR, today) == {}


@pytest.mark.parametrize("part", [pytest.param(p, id=p.code) for p in engagement_parts()])
def test_a_part_of_the_engagement_answers_for_those_asked_at_the_same_cost(here: Any, part: EngagementPart) -> None:
    today, counts, members = localdate(), [], []
    for number in (FEW, MANY - FEW):
        members += [with_everything(apps.get_model("members.Member")) for _number in range(number)]
        with CaptureQueriesContext(connection) as queries:
            marks = part.compute(None, today - YEAR, today)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
    assert all(0 <= value <= 1 and words for value, words in marks.values())
    asked = [member.pk for member in members[:FEW]]
    some = part.compute(asked, today - YEAR, today)
    assert some == {key: mark for key, mark in marks.items() if key in asked}
    assert part.compute([], today - YEAR, today) == {}


def test_parts_of_a_statement_of_value_are_told_apart() -> None:
    codes = [part.code for part in value_parts()]
    assert len(codes) == len(set(codes)) > 0
    assert all(str(part.label) for part in value_parts())


@pytest.mark.parametrize("part", [pytest.param(p, id=p.code) for p in value_parts()])
def test_a_part_of_a_statement_of_value_tells_only_of_those_asked_at_the_same_cost(here: Any, part: ValuePart) -> None:
    today, counts, members = localdate(), [], []
    assert not part.compute(None, today - YEAR, today)
    for number in (FEW, MANY - FEW):
        members += [with_everything(apps.get_model("members.Member")) for _number in range(number)]
        with CaptureQueriesContext(connection) as queries:
            told = part.compute(None, today - YEAR, today + YEAR)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
    assert all(str(line.text) for lines in told.values() for line in lines)
    asked = [member.pk for member in members[:FEW]]
    some = part.compute(asked, today - YEAR, today + YEAR)
    assert dict(some) == {key: lines for key, lines in told.items() if key in asked}
    assert not part.compute([], today - YEAR, today + YEAR)
