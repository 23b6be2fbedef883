"""A year of visits in every chamber, the week that lies ahead, one that nobody has recorded yet. All invented."""

import datetime
import random
from typing import Any

from django.apps import apps

from huiguan.actors import current_actor
from huiguan.demo.stage import Stage
from tenants.visits.actions import Heard, plan_visits, record_visit
from tenants.visits.demo import words
from tenants.visits.models import Visit
from tenants.visits.visitors import names_of, possible_visitors

SEEN = 0.58  # share of the members who were visited within the year
SEEN_BEFORE = 0.7
AHEAD = 9
A_DAY = 4
NEWEST_OPEN = 2  # of the visits told at length: what was difficult at the others has been solved


def load_demo(stage: Stage) -> None:
    for slug in stage.chambers:
        with stage.working(slug):
            if not Visit.objects.exists():
                _year(stage, random.Random(f"visits {slug}"))


def _year(stage: Stage, chance: random.Random) -> None:
    members = list(apps.get_model("members", "Member").objects.active())
    seen = [member for member in members if chance.random() < SEEN]
    told, others = seen[: len(words.STORIES)], seen[len(words.STORIES) :]
    _briefly(others, stage, chance)
    for number, member in enumerate(told):
        _tell(member, words.STORIES[number], stage.days_ago(5 + 17 * number), number)
    unseen = [member for member in members if member not in seen]
    _long_ago(unseen[AHEAD + 2 :], stage, chance)
    _ahead(unseen[: AHEAD + 2], stage)


def _long_ago(members: list[Any], stage: Stage, chance: random.Random) -> None:
    """Most of the others were seen once, more than a year ago."""
    _briefly([member for member in members if chance.random() < SEEN_BEFORE], stage, chance, days=(380, 900))


def _briefly(members: list[Any], stage: Stage, chance: random.Random, days: tuple[int, int] = (4, 360)) -> None:
    """Most visits leave two lines."""
    people, made = possible_visitors(), []
    for member in members:
        going = chance.sample(people, min(len(people), 2))
        visit = Visit(member=member, on=stage.days_ago(chance.randrange(*days)), status=Visit.Status.MADE)
        visit.visitor_ids = [each.person_id for each in going]
        visit.visitors = "、".join(each.name for each in going)
        visit.purpose, visit.found = chance.choice(words.PURPOSES), chance.choice(words.BRIEF)
        visit.mood = chance.choice(["pleased", "pleased", "neutral"])
        visit.recorded_by = going[0].name
        made.append(visit)
    Visit.objects.bulk_create(made)


def _tell(member: Any, story: words.Story, on: datetime.date, number: int) -> None:
    """As people record them: difficulties become promises, needs are kept."""
    people = possible_visitors()
    going = [people[number % len(people)].person_id]
    visit = Visit(member=member, on=on, purpose=words.PURPOSES[number % len(words.PURPOSES)])
    visit.companions = "" if number % 3 else "常务副会长一行"
    said = {"on": on, "found": story.found, "mood": story.mood, "contact": member.contacts.first()}
    heard = [_promise(text, on, number) for text in story.difficulties]
    needs = [{"title": title, "text": text} for title, text in story.needs]
    said["companions"] = visit.companions
    record_visit(visit, said=said, visitor_ids=going, difficulties=heard, needs=needs)
    for difficulty in visit.difficulties.all() if number > NEWEST_OPEN else ():
        difficulty.followup.finish(result=words.RESULT)


def _promise(text: str, on: datetime.date, number: int) -> Heard:
    people = possible_visitors()
    return Heard(text, people[(number + 1) % len(people)].person_id, on + datetime.timedelta(days=30))


def _ahead(members: list[Any], stage: Stage) -> None:
    """The coming days as one plan; one put off, one called off, one of yesterday whose record is missing."""
    me = current_actor().person_id
    assert me is not None
    tomorrow = stage.today + datetime.timedelta(days=1)
    planned = sorted(members[:AHEAD], key=lambda member: (member.region, member.address))
    plan_visits(members=planned, on=tomorrow, per_day=A_DAY, visitor_ids=[me], purpose=words.PURPOSES[3])
    later, *_between, last = Visit.objects.planned().order_by("on", "id")
    later.postpone(on=tomorrow + datetime.timedelta(days=7), reason=words.POSTPONED)
    last.cancel(reason=words.CANCELLED)
    for member in members[AHEAD:]:
        late = Visit(member=member, on=stage.days_ago(1), purpose=words.PURPOSES[0], visitor_ids=[me])
        late.visitors = names_of([me])
        late.save()
