"""How close members are to the chamber, told from what the members' folder itself records. [002 §1 会员参与度]"""

import datetime
from typing import Any

from django.db.models import Exists, Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from huiguan.parts import EngagementPart, Mark, Members
from huiguan.together import contact_days
from tenants.members.models import Consent, GroupPlace, Member, Touch

MOODS = {Touch.Mood.PLEASED: 1.0, Touch.Mood.NEUTRAL: 0.6, Touch.Mood.UNREACHED: 0.2, Touch.Mood.DISPLEASED: 0.0}
LEAST = 0.05  # of a contact that is almost a year old: it took place
STALE = 0.2  # of a profile that was confirmed longer ago
IN_A_GROUP, MORE_GROUPS = 0.7, 0.15

Marks = dict[Any, Mark]


def contacts(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """The newer the last contact the closer, whoever recorded it. None says something once all contacts are noted."""
    last = contact_days(members, since, until)
    found = {member: _contacted(day, since, until) for member, day in last.items()}
    return found | _never_contacted(members, since, last)


def spoken_on(members: Members, since: datetime.date, until: datetime.date) -> Any:
    """The day of each member's last contact that the members' folder itself recorded."""
    made = _of(_spoken().filter(on__range=(since, until)), members)
    return made.values_list("member_id").annotate(last=Max("on"))


def moods(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """How the member felt when it was last spoken to, or that it could not be reached."""
    told = Touch.objects.made().filter(on__range=(since, until)).exclude(mood="")
    newest = _of(told, members).order_by("member_id", "-on", "-id").distinct("member_id")
    found = newest.values_list("member_id", "mood", "on")
    return {member: Mark(MOODS[Touch.Mood(mood)], _felt(mood, day)) for member, mood, day in found}


def groups(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """Members of groups, and those who left all of theirs within the period."""
    places = _of(GroupPlace.objects.order_by(), members).exclude(left_on__lt=since)
    here: dict[Any, int] = {}
    for member, left_on in places.values_list("member_id", "left_on"):
        here[member] = here.get(member, 0) + (left_on is None or left_on > until)
    return {member: _in_groups(number) for member, number in here.items()}


def consents(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """What it agreed to, of what it was asked."""
    asked: dict[Any, dict[str, bool]] = {}
    rows = _of(Consent.objects.order_by("given_on", "id"), members).filter(given_on__lte=until)
    for member, purpose, withdrawn_on in rows.values_list("member_id", "purpose", "withdrawn_on"):
        asked.setdefault(member, {})[purpose] = withdrawn_on is None or withdrawn_on > until
    return {member: _agreed(list(each.values())) for member, each in asked.items()}


def confirmations(members: Members, since: datetime.date, until: datetime.date) -> Marks:
    """When the member last looked at its profile."""
    rows = Member.objects.filter(confirmed_on__lte=until).order_by()
    rows = rows if members is None else rows.filter(pk__in=members)
    return {member: _confirmed(day, since, until) for member, day in rows.values_list("pk", "confirmed_on")}


PARTS = [
    EngagementPart("contacts", _("Contact with the secretariat"), 3, contacts, is_contact=True, contacted_on=spoken_on),
    EngagementPart("moods", _("How the member felt"), 3, moods),
    EngagementPart("groups", _("Groups"), 2, groups),
    EngagementPart("consents", _("Consents"), 1, consents),
    EngagementPart("confirmations", _("Profile confirmed"), 1, confirmations),
]


def _spoken() -> Any:
    """Contacts in which somebody was reached."""
    return Touch.objects.made().exclude(mood=Touch.Mood.UNREACHED).order_by()


def _of(rows: Any, members: Members) -> Any:
    return rows if members is None else rows.filter(member__in=members)


def _age(day: datetime.date, since: datetime.date, until: datetime.date) -> float:
    """0 today, 1 at the beginning of the period."""
    return (until - day) / (until - since)


def _contacted(day: datetime.date, since: datetime.date, until: datetime.date) -> Mark:
    said = _now("Last contact on {day}.").format(day=date_format(day, "DATE_FORMAT"))
    return Mark(max(LEAST, 1 - _age(day, since, until)), said)


def _never_contacted(members: Members, since: datetime.date, contacted: Any) -> Marks:
    """Of those who have belonged to the chamber all the time, where contacts have been noted for as long."""
    noted = Exists(_spoken().filter(on__lte=since))
    rows = Member.objects.active().filter(noted, joined_on__lte=since).exclude(pk__in=list(contacted)).order_by()
    rows = rows if members is None else rows.filter(pk__in=members)
    said = _now("No contact since {day}.").format(day=date_format(since, "DATE_FORMAT"))
    return dict.fromkeys(rows.values_list("pk", flat=True), Mark(0.0, said))


def _felt(mood: str, day: datetime.date) -> str:
    return f"{Touch.Mood(mood).label} · {date_format(day, 'DATE_FORMAT')}"


def _in_groups(number: int) -> Mark:
    if not number:
        return Mark(0.0, _now("Left all its groups."))
    said = ngettext("In {n} group.", "In {n} groups.", number).format(n=number)
    return Mark(min(1.0, IN_A_GROUP + MORE_GROUPS * (number - 1)), said)


def _agreed(answers: list[bool]) -> Mark:
    said = _now("Agrees to {n} of {total} purposes it was asked about.").format(n=sum(answers), total=len(answers))
    return Mark(sum(answers) / len(answers), said)


def _confirmed(day: datetime.date, since: datetime.date, until: datetime.date) -> Mark:
    said = _now("Confirmed on {day}.").format(day=date_format(day, "DATE_FORMAT"))
    return Mark(max(STALE, 1 - _age(day, since, until)), said)
