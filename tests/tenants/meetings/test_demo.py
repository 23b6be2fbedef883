"""The demo's sessions tell one story: nobody speaks who was not there."""

import pytest

from federation.liaison.demo import FIRST, SECOND, THIRD
from federation.registry.items import Item
from huiguan.demo.people import CHAMBERS, PEOPLE
from tenants.affiliation.demo import STORIES
from tenants.meetings.demo import ANSWERED, DELEGATIONS, TOPICS

SLUGS = {slug for slug, story in STORIES.items() if Item.LIAISON in story.items}


@pytest.mark.parametrize("script", [FIRST, SECOND, THIRD], ids=["first", "second", "third"])
def test_who_hosts_speaks_or_takes_something_on_was_there(script):
    there = SLUGS - set(script.away) - set(script.late)
    acting = {script.host, *(s.chamber for s in script.statements), *(t.chamber for t in script.tasks)}
    assert acting <= there
    assert 2 * len(there) > len(SLUGS - set(script.late))  # a quorum, since it decided
    assert all(s.item < len(script.items) for s in script.statements)


def test_everybody_named_is_one_of_the_demos_invented_people():
    names = {p.name for p in PEOPLE}
    spoke = {s.speaker for script in (FIRST, SECOND) for s in script.statements}
    took_on = {t.person for script in (FIRST, SECOND) for t in script.tasks}
    assert spoke | took_on | {head for head, _people in DELEGATIONS.values()} <= names
    assert set(DELEGATIONS) == SLUGS
    assert set(ANSWERED) < SLUGS


def test_every_chamber_has_a_story_and_somebody_who_heads_it():
    assert STORIES.keys() == {c.slug for c in CHAMBERS}
    assert {p.place for p in PEOPLE if p.role == "secretary_general"} == STORIES.keys()


def test_some_topics_are_left_for_the_next_session():
    assert len(TOPICS) > 3
    assert all(slug not in seconds and set(seconds) <= SLUGS for slug, _title, _detail, seconds in TOPICS)
