"""What the load needs to be there, made in the house before it begins: `python -m api.trials.crashing.staging FILE`.

Writes JSON: addresses, sign-ins, the partner's secret, the keys of the follow-ups that will be handed over.
"""

import json
import secrets
import sys
from pathlib import Path
from typing import Any

import django

FOLLOW_UPS = 1500  # more than can be handed over in the time


def main(path: str) -> None:
    django.setup()
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        staged = stage()
    Path(path).write_text(json.dumps(staged), encoding="utf-8")


def stage() -> dict[str, Any]:
    """A federation, a chamber in it, three colleagues, a partner that may publish."""
    from api.models import Grant
    from api.trials.house import House
    from billing.models import Plan

    Plan.objects.update(members=None)  # more are entered than a trial includes
    house = House(mark=f"duandian-{secrets.token_hex(3)}")
    house.open(["甲"], lambda _words: None)
    chamber, federation = house.chambers["甲"], house.federation
    assert federation is not None, "it was opened above"
    for grant in Grant.objects.filter(client=house.client):
        grant.scopes = ["listings:read", "listings:write", "listings:publish"]
        grant.save()
    return {
        "slug": chamber.slug,
        "schema": chamber.schema_name,
        "federation": str(federation.pk),
        "client": house.client.client_id,
        "secret": house.secret,
        **_people(chamber),
    }


def _people(chamber: Any) -> dict[str, Any]:
    from huiguan.accounts.actions import appoint
    from huiguan.accounts.models import Person

    password, found = secrets.token_urlsafe(20), {}
    for role in ("secretary_general", "treasurer", "officer"):
        person = Person.objects.create_user(f"{role}@{chamber.slug}.example.com", password, name=role)
        appoint(person=person, role=role, chamber=chamber)
        found[role] = str(person.pk)
    return {"password": password, "people": found, **_records(chamber, found)}


def _records(chamber: Any, people: dict[str, str]) -> dict[str, Any]:
    """A member whose dues are paid, and follow-ups of the secretary-general's own. Nobody's night is respected."""
    import datetime

    from huiguan.deliveries.models import SendingSettings
    from huiguan.followups.models import FollowUp
    from huiguan.tenancy.binding import in_chamber
    from tenants.members.models import Member

    midnight = datetime.time(0)
    with in_chamber(chamber):
        SendingSettings(quiet_from=midnight, quiet_until=midnight).save()
        member = Member.objects.create(name="断电商贸有限公司")
        rows = [_follow_up(FollowUp, member, people["secretary_general"], n) for n in range(FOLLOW_UPS)]
        FollowUp.objects.bulk_create(rows)
        return {"member": str(member.pk), "followups": [str(row.pk) for row in rows]}


def _follow_up(model: Any, about: Any, owner: str, number: int) -> Any:
    import datetime

    from django.utils.timezone import localdate

    made = model(
        title=f"交接{number:05}", owner_id=owner, owner="秘书长", due_on=localdate() + datetime.timedelta(days=9)
    )
    made.point_to(about)
    return made


if __name__ == "__main__":
    main(sys.argv[1])
