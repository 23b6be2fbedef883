"""What waits in the members' folder: contacts that were planned, and members who may be lost."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.unchanged import kept_under
from tenants.members import standings
from tenants.members.layers import Layer
from tenants.members.models import Member, Standing, Touch, Turn

AHEAD = datetime.timedelta(days=7)
NAMED = 3  # members at risk that stand on the workbench themselves; the others are a number


def planned(actor: Actor) -> Iterator[Item]:
    """This person's contacts of the coming week, and those that are late."""
    due = Touch.objects.planned_of(actor.person_id).filter(on__lte=localdate() + AHEAD).select_related("member")
    for touch in due.order_by("on", "id"):
        yield Item(
            title=_("{kind}: {member}").format(kind=touch.get_kind_display(), member=touch.member),
            url=reverse("members-touch-detail", args=[touch.pk]),
            why=touch.said[:80],
            due=touch.on,
            level="due",
            action_label=_("Record"),
        )


def on_duty(actor: Actor) -> Iterator[Item]:
    """Who presides now, until when, and who comes after."""
    turn = Turn.objects.on()
    if turn is None:
        return
    following = Turn.objects.after(turn.ends_on).first()
    person = turn.member.main_contact()
    until = _("Until {day}.").format(day=date_format(turn.ends_on, "DATE_FORMAT"))
    then = _("Then {member}.").format(member=following.member) if following else _("Nobody is planned after that.")
    yield Item(
        title=_("On duty: {member}").format(member=f"{turn.member} · {person}" if person else turn.member),
        url=reverse("members-rotation"),
        why=f"{until}{then}",
        level="info",
    )


def at_risk(actor: Actor) -> Iterator[Item]:
    """Those nearest to the heart of the chamber by name, with the reason; the rest on the list."""
    total = Member.objects.at_risk().count()
    if total:
        near = Standing.objects.at_risk_within(Layer.CLOSE).values_list("member_id", "id", "worked_out_on")[:NAMED]
        rows = tuple(near)  # another row when what it stands on was changed, another day tomorrow
        yield from kept_under("members.at_risk", rows, lambda: list(_named([member for member, *_row in rows])))
        said = ngettext("{n} member is at risk", "{n} members are at risk", total).format(n=total)
        why = _("Why, and what to do next, stands on the list.")
        yield Item(said, reverse("members-engagement"), why, level="info", action_label=_("Look"))


def _named(keys: list[Any]) -> Iterator[Item]:
    for worked in standings.work_out(Member.objects.filter(pk__in=keys)):
        yield Item(
            title=_("{member} may be lost").format(member=worked.member),
            url=reverse("members-member-detail", args=[worked.member.pk]),
            why=" ".join(w.mark.words for w in worked.reasons if w.mark),
            action_label=_("See what to do"),
        )
