"""What waits for a member's contact about their data; what waits for the secretariat; who has answered."""

import datetime
import uuid
from collections.abc import Collection, Iterator

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.parts import Own
from tenants.members.models import Member, Proposal

FRESH = datetime.timedelta(days=365)
NAMED = 5


def data_of(own: Own) -> Iterator[Item]:
    """A member is asked once a year whether everything is right."""
    confirmed = own.member.confirmed_on
    if confirmed is None or confirmed < localdate() - FRESH:
        said = date_format(confirmed, "DATE_FORMAT") if confirmed else ""
        why = _("Last confirmed on {day}.").format(day=said) if said else _("You have not confirmed it yet.")
        yield Item(_("Is what the chamber keeps of you right?"), reverse("members-own-data"), why=why, level="due")


def proposed(actor: Actor) -> Iterator[Item]:
    """The newest by name, the others as a number."""
    counted = (
        Proposal.objects.open()
        .order_by()
        .values("member", "member__name")
        .annotate(n=Count("pk"), last=Max("created_at"))
    )
    members = list(counted.order_by("-last"))
    for each in members[:NAMED]:
        said = ngettext("{n} correction by {member}", "{n} corrections by {member}", each["n"])
        url = f"{reverse('members-member-detail', args=[each['member']])}#proposals-title"
        yield Item(said.format(n=each["n"], member=each["member__name"]), url, action_label=_("Decide"))
    more = len(members) - NAMED
    if more > 0:
        said = ngettext("{n} more member proposes corrections", "{n} more members propose corrections", more)
        url = f"{reverse('members-proposal-list')}?status=open"
        yield Item(said.format(n=more), url, level="info", action_label=_("Look"))


def answered(members: Collection[uuid.UUID], since: datetime.datetime) -> set[uuid.UUID]:
    """Who confirmed or corrected something since then."""
    day = localtime(since).date()
    confirmed = Member.objects.filter(pk__in=members, confirmed_on__gte=day)
    corrected = Proposal.objects.filter(member__in=members, created_at__gte=since)
    return {*confirmed.values_list("pk", flat=True), *corrected.values_list("member_id", flat=True)}
