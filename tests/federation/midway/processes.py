"""Everything that a chamber of a federation can be in the middle of, by name."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate, now

from federation.calls.models import AnswerFile, Call
from federation.liaison.models import Series, Session
from federation.matching.models import Agreement, Dispute, MatchingRules, Outcome, ProfileReview
from huiguan.inbox.handlers import Delivered, hand_over
from huiguan.keys import uuid7
from tests.federation.matching.conftest import CONTENT

CONTACT = {"contact_name": "秦若兰", "contact_phone": "02900001111"}
SOON = datetime.timedelta(days=20)


@dataclass
class House:
    """常德 goes; 邵阳 and 衡阳 stay. 衡阳 has no schema here: it speaks by messages alone."""

    federation: Any
    goes: Any
    stays: Any
    third: Any
    coordinator: Any

    def tell(self, chamber: Any, name: str, **content: Any) -> None:
        key = getattr(chamber, "chamber_id", chamber.pk)
        hand_over(Delivered(uuid7(), name, key, str(chamber), self.federation.pk, content, now()))

    def publish(self, chamber: Any, kind: str, **changes: Any) -> str:
        key = str(uuid7())
        self.tell(chamber, "exchange.profile_published", **{**CONTENT, "listing_id": key, "kind": kind, **changes})
        return key

    def ask(self, asking: Any, asked: Any) -> str:
        """`asking` needs what `asked` offers; returns the introduction's key."""
        pair = {"need_id": self.publish(asking, "need"), "offer_id": self.publish(asked, "offer")}
        key = str(uuid7())
        self.tell(asking, "exchange.interest_sent", interest_id=key, **pair)
        return key

    def convene(self) -> Session:
        series = Series.objects.first() or Series(federation_id=self.federation.pk, name="联席会议", convening="常德")
        series.save()
        session: Session = series.convene(theme="秘书处建设")
        return session

    def host(self, session: Session, host: Any) -> None:
        session.propose_host(chamber_id=host.pk)
        session.answer_host(chamber_id=host.pk, accepts=True)
        session.schedule(starts_at=now() + SOON, place="西安")


Prepare = Callable[[House], None]
PROCESSES: dict[str, Prepare] = {}


def process(prepare: Prepare) -> Prepare:
    PROCESSES[prepare.__name__.replace("_", " ")] = prepare
    return prepare


@process
def asked_to_host(house: House) -> None:
    house.convene().propose_host(chamber_id=house.goes.pk)


@process
def hosts_a_session_with_a_date(house: House) -> None:
    house.host(house.convene(), house.goes)


@process
def expected_at_a_session_of_another(house: House) -> None:
    session = house.convene()
    house.host(session, house.stays)
    session.add_agenda_item(title="会费收取", minutes=30, chamber_id=house.goes.pk)
    session.send_notice()


@process
def hosts_a_session_that_is_announced(house: House) -> None:
    session = house.convene()
    house.host(session, house.goes)
    session.add_agenda_item(title="会费收取", minutes=30)
    session.send_notice()


@process
def has_to_approve_minutes_and_to_do_a_task(house: House) -> None:
    session = house.convene()
    house.host(session, house.stays)
    session.add_agenda_item(title="会费收取", minutes=30)
    session.send_notice()
    Session.objects.filter(pk=session.pk).update(starts_at=now() - datetime.timedelta(hours=1))
    session.refresh_from_db()
    for chamber in (house.goes, house.stays):
        session.check_in(chamber_id=chamber.pk)
    session.assign_action(title="整理分工表", chamber_id=house.goes.pk, due_on=localdate() + SOON)
    session.hold()
    session.draft_minutes()
    session.send_minutes()


@process
def proposed_a_topic(house: House) -> None:
    series = house.convene().series
    house.tell(house.goes, "meetings.topic_proposed", series_id=str(series.pk), title="会费收取", detail="难。")


@process
def has_not_answered_a_call(house: House) -> None:
    call(house)


@process
def has_answered_a_call_that_is_open(house: House) -> None:
    sent = call(house)
    receipt = sent.receipts.get(chamber_id=house.goes.pk)
    question = sent.questions.get()
    facts = {"name": "合同.pdf", "size": 3, "sha256": "0" * 64, "type": "application/pdf"}
    receipt.submit(answers={str(question.pk): facts}, signed_by="秦若兰", came=lambda sha256: b"pdf")
    assert AnswerFile.objects.count() == 1


@process
def published_and_stands_in_the_directory(house: House) -> None:
    house.tell(house.goes, "affiliation.profile_published", introduction="以建材企业为主。")
    house.publish(house.goes, "offer", title="会议场地")


@process
def is_asked_for_an_introduction(house: House) -> None:
    house.ask(house.stays, house.goes)


@process
def asked_for_more(house: House) -> None:
    _step(house, house.ask(house.stays, house.goes), "more_info")


@process
def accepted_and_gave_its_contact(house: House) -> None:
    key = house.ask(house.stays, house.goes)
    _step(house, key, "accept")
    house.tell(house.goes, "exchange.contact_disclosed", interest_id=key, **CONTACT)


@process
def in_contact(house: House) -> None:
    _in_contact(house)


@process
def agreed(house: House) -> None:
    _agreed(house, house.stays, house.goes)


@process
def delivered_and_confirmed_by_one_side(house: House) -> None:
    key = _agreed(house, house.stays, house.goes)
    house.tell(house.goes, "exchange.delivery_reported", interest_id=key, delivered_on=str(localdate()))
    said = {"success": 5, "amount_band": Outcome._meta.get_field("amount_band").choices[0][0], "jobs": 0}
    house.tell(house.stays, "exchange.outcome_reported", interest_id=key, **said)


@process
def in_dispute(house: House) -> None:
    key = _agreed(house, house.stays, house.goes)
    house.tell(house.stays, "exchange.dispute_raised", interest_id=key, text="未按约交付。", mediation=True)


@process
def mediates_between_others(house: House) -> None:
    key = _agreed(house, house.stays, house.third)
    house.tell(house.stays, "exchange.dispute_raised", interest_id=key, text="未按约交付。", mediation=True)
    house.tell(house.third, "exchange.mediation_asked", interest_id=key)
    Dispute.objects.get().name_mediator(mediator=(house.goes.pk, house.goes.name))


@process
def reads_what_another_publishes(house: House) -> None:
    MatchingRules.objects.create(federation_id=house.federation.pk, is_reviewed=True)
    house.publish(house.stays, "offer", visible_to=[str(house.goes.pk)])
    assert ProfileReview.objects.get().reviewer_id == house.goes.pk


def call(house: House) -> Call:
    made = Call(
        federation_id=house.federation.pk, title="报送", issuer="省厅", text="请报送。", due_on=localdate() + SOON
    )
    made.save()
    made.ask(label="证明材料", kind="file")
    made.send()
    return made


def _step(house: House, key: str, answer: str) -> None:
    house.tell(house.goes, "exchange.interest_answered", interest_id=key, answer=answer, text="好")


def _in_contact(house: House, asking: Any = None, asked: Any = None) -> str:
    asking, asked = asking or house.stays, asked or house.goes
    key = house.ask(asking, asked)
    house.tell(asked, "exchange.interest_answered", interest_id=key, answer="accept", text="好")
    for side in (asking, asked):
        house.tell(side, "exchange.contact_disclosed", interest_id=key, **CONTACT)
    return key


def _agreed(house: House, asking: Any, asked: Any) -> str:
    key = _in_contact(house, asking, asked)
    first = {name: Agreement._meta.get_field(name).choices[0][0] for name in ("kind", "value_band")}
    house.tell(asked, "exchange.agreement_reported", interest_id=key, signed_on=str(localdate()), **first)
    return key
