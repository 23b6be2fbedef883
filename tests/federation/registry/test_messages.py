"""Messages to the register: delivered again they change nothing; what they may not say is refused."""

import uuid
from typing import Any

import pytest
from django.utils.timezone import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(changde: Any, hunan: Any) -> Any:
    """`tell("affiliation.left", {…})`: hands a message of 常德 over as the worker does."""
    from huiguan.inbox.handlers import Delivered, hand_over

    def deliver(name: str, content: dict[str, Any], *, key: uuid.UUID | None = None, federation_id: Any = None) -> bool:
        message = Delivered(
            id=key or uuid.uuid4(),
            name=name,
            chamber_id=changde.pk,
            chamber_name=changde.name,
            federation_id=federation_id or hunan.pk,
            content=content,
            sent_at=now(),
        )
        return hand_over(message)

    return deliver


@pytest.fixture
def elsewhere(db: None) -> Any:
    """A federation in which 常德 is nothing, and which has invited 邵阳."""
    from federation.registry.actions import invite_chamber, open_federation
    from huiguan.actors import SYSTEM, acting_as

    with acting_as(SYSTEM):
        federation = open_federation(name="西北湘商联盟", slug="northwest")
        invite_chamber(federation_id=federation.pk, slug="shaoyang")
    return federation


def test_a_message_that_arrives_twice_is_one_change(tell: Any) -> None:
    from federation.registry.models import Acceptance, Membership

    key, content = uuid.uuid4(), {"items": ["liaison"], "version": 1}
    assert tell("affiliation.items_changed", content, key=key)
    before = list(Acceptance.objects.order_by("id").values("id", "item", "withdrawn_on"))
    assert not tell("affiliation.items_changed", {"items": [], "version": 1}, key=key)
    assert list(Acceptance.objects.order_by("id").values("id", "item", "withdrawn_on")) == before
    assert Membership.objects.get(chamber_name="西安市常德商会").items == ["liaison"]


def test_the_same_change_said_by_two_messages_is_one_acceptance(tell: Any, changde: Any) -> None:
    from federation.registry.models import Acceptance

    for _time in range(2):
        tell("affiliation.items_changed", {"items": ["liaison"], "version": 1})
    assert Acceptance.objects.filter(membership__chamber_id=changde.pk, item="liaison").count() == 1


def test_joining_needs_this_chambers_own_invitation(tell: Any, elsewhere: Any) -> None:
    from federation.registry.models import Membership, MembershipInvitation
    from huiguan.inbox.handlers import Refused

    others = MembershipInvitation.objects.get(federation=elsewhere)
    for named in (str(others.pk), str(uuid.uuid4())):
        with pytest.raises(Refused):
            tell(
                "affiliation.joined",
                {"invitation_id": named, "items": ["liaison"], "version": 1},
                federation_id=elsewhere.pk,
            )
    assert not Membership.objects.filter(federation=elsewhere).exists()


def test_nobody_accepts_a_version_that_was_never_issued(tell: Any) -> None:
    from huiguan.inbox.handlers import Refused

    with pytest.raises(Refused):
        tell("affiliation.items_changed", {"items": ["liaison"], "version": 7})


def test_an_entry_is_refused_without_the_item_and_from_strangers(tell: Any, elsewhere: Any) -> None:
    from federation.registry.models import Profile
    from federation.registry.queries import NotAMember

    tell("affiliation.items_changed", {"items": ["liaison"], "version": 1})
    for federation_id in (None, elsewhere.pk):
        with pytest.raises(NotAMember):
            tell("affiliation.profile_published", {"introduction": "…", "kind": "trade"}, federation_id=federation_id)
    assert not Profile.objects.exists()


def test_leaving_twice_is_leaving_once(tell: Any, changde: Any) -> None:
    from federation.registry.models import Membership

    for _time in range(2):
        tell("affiliation.left", {"reason": ""})
    assert [m.status for m in Membership.objects.filter(chamber_id=changde.pk)] == ["left"]


def test_a_second_application_replaces_the_words_of_the_first(tell: Any, elsewhere: Any) -> None:
    from federation.registry.models import Application

    for words in ("一", "二"):
        tell("affiliation.applied", {"kind": "trade", "message": words}, federation_id=elsewhere.pk)
    assert [a.message for a in Application.objects.all()] == ["二"]


def test_the_register_keeps_a_trail_of_who_said_what(tell: Any, hunan: Any, changde: Any) -> None:
    from huiguan.journal.models import Entry

    tell("affiliation.left", {"reason": ""})
    line = Entry.objects.filter(model="registry.Membership").latest("number")
    assert (line.verb, line.actor, line.scope) == ("leave", changde.name, str(hunan.pk))
