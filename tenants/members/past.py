"""What the members' folder knows of a member's past, for its timeline."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.parts import Moment
from tenants.members.models import Touch

ICONS = {Touch.Kind.CALLED: "phone", Touch.Kind.MET: "users", Touch.Kind.WROTE: "mail"}
NEWEST = 100


def touches_of(member: Any) -> Iterator[Moment]:
    """Contacts that took place."""
    for touch in Touch.objects.made().filter(member=member)[:NEWEST]:
        said = "　".join(filter(None, [touch.get_kind_display(), touch.get_mood_display(), touch.said[:80]]))
        yield Moment(touch.on, said, reverse("members-touch-detail", args=[touch.pk]), ICONS[Touch.Kind(touch.kind)])


def membership_of(member: Any) -> Iterator[Moment]:
    """Since when it belongs to the chamber, what it holds there, what it agreed to."""
    for each in (member, *member.earlier.all()):
        yield from _belonging(each)
    yield from _positions(member)
    for consent in member.consents.all():
        purpose = consent.get_purpose_display()
        yield Moment(consent.given_on, _("Agreed: {purpose}").format(purpose=purpose), icon="checkbox")
        if consent.withdrawn_on:
            yield Moment(consent.withdrawn_on, _("Withdrew: {purpose}").format(purpose=purpose), icon="x")


def _belonging(each: Any) -> Iterator[Moment]:
    """This membership, or an earlier one."""
    if each.joined_on:
        yield Moment(each.joined_on, _("Joined the chamber"), icon="user-plus")
    if each.left_on:
        why = "　".join(filter(None, [each.get_left_why_display(), each.left_reason, each.resolution]))
        yield Moment(each.left_on, _("Left the chamber: {reason}").format(reason=why or "—"), icon="user-minus")


def _positions(member: Any) -> Iterator[Moment]:
    for position in member.positions.all():
        if position.starts_on:
            yield Moment(position.starts_on, _("Became {title}").format(title=position), icon="id-badge")
        if position.ends_on:
            yield Moment(position.ends_on, _("Ceased to be {title}").format(title=position), icon="id-badge")
