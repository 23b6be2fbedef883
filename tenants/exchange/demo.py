"""Needs and offers of the demo's chambers, and introductions in several states. [001 资源共享 抱团发展; 002 §4]"""

import datetime
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from federation.matching.actions import distribute_scarce
from federation.matching.introductions import Introduction
from federation.matching.queries import introductions, top_matches
from federation.registry.queries import federations_of
from huiguan.demo.people import PHONES
from huiguan.tenancy.binding import current_chamber
from tenants.exchange import actions, progress
from tenants.exchange.looking import look
from tenants.exchange.models import Listing, SavedSearch


class Story(NamedTuple):
    """A listing as its secretariat wrote it. `days` are counted from today; a draft is not published."""

    slug: str
    kind: str
    category: str
    title: str
    text: str
    quantity: int
    unit: str
    price: int | None = None
    regions: tuple[str, ...] = ("610100",)
    days: tuple[int, int] = (-20, 300)
    region_hard: bool = False
    slots: int = 1
    is_draft: bool = False
    is_named: bool = True
    beneficiary: str = ""
    asks: tuple[str, ...] = ()  # titles of the offers that it asks for


def load_demo(stage: Any) -> None:
    """Everything is written, published and agreed by the same verbs that people use."""
    for slug, chamber in stage.chambers.items():
        with stage.working(slug):
            _write(chamber.pk, [story for story in stories() if story.slug == slug], stage.today)
    _search(stage)
    stage.deliver()
    _introduce(stage)
    _contend(stage)
    _look(stage)


@cache
def stories() -> list[Story]:
    document = tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))
    return [Story(**told) for told in document["story"]]


def _write(chamber_id: UUID, told: list[Story], today: datetime.date) -> None:
    if Listing.objects.exists():
        return
    joined = next((f for f in federations_of(chamber_id) if "matching" in f.items), None)
    for story in told:
        listing = _listing(story, today)
        listing.full_clean()
        listing.save()
        if joined and not story.is_draft:
            listing.publish(federation=(joined.id, joined.name), version=0)


def _listing(story: Story, today: datetime.date) -> Listing:
    first, last = (today + datetime.timedelta(days=day) for day in story.days)
    told = story._asdict()
    for name in ("slug", "days", "is_draft", "asks"):
        told.pop(name)
    told["regions"] = list(story.regions)
    phone = PHONES[story.slug]
    return Listing(**told, starts_on=first, ends_on=last, contact_name="商会秘书处", contact_phone=phone)


def _search(stage: Any) -> None:
    """常德 keeps looking for halls, and is told of what is published next."""
    with stage.working("changde"):
        if not SavedSearch.objects.exists():
            SavedSearch(name="西安的会场", category="VEN", region="610100").save()


def _look(stage: Any) -> None:
    with stage.working("changde") as chamber:
        look(chamber_id=chamber.pk)


def _introduce(stage: Any) -> None:
    """One waits for an answer, one has been declined, one is in talks, one is confirmed by both sides."""
    _ask(stage, "shaoyang", "两百人总结表彰大会会场", "表彰会定在下月，周末也可以。")
    _ask(stage, "chenzhou", "两位会员因货款起争执", "双方都愿意谈。")
    _ask(stage, "chenzhou", "员工年货两百份", "腊月二十前要。")
    _ask(stage, "hengyang", "会费总是收不齐怎么办", "想请秘书长来座谈。")
    stage.deliver()
    _accept(stage, "yueyang", "chenzhou", "法律顾问团商事调解")
    _accept(stage, "yueyang", "chenzhou", "岳阳黄茶与腊味年货礼盒")
    with stage.working("sxhunan"):
        for found in _open("会费收缴与秘书处规范经验"):
            actions.decline(introduction=found, reason="dates", text="本月走访排满，下月再约。")
    stage.deliver()
    _meet(stage)
    _close(stage)


def _meet(stage: Any) -> None:
    """The mediation of the two members has begun."""
    with stage.working("chenzhou"):
        for found in _open("两位会员因货款起争执"):
            progress.note_meeting(introduction=found, met_on=stage.today, text="双方都到了，货款数目已对清。")
    stage.deliver()


def _close(stage: Any) -> None:
    """From the agreement to what both sides confirm."""
    asking, asked = ("chenzhou", "员工年货两百份"), ("yueyang", "岳阳黄茶与腊味年货礼盒")
    agreed = {"kind": "purchase", "value_band": "under_100k", "signed_on": stage.today, "text": "两百份，已签采购单"}
    result = {"success": 5, "amount_band": "under_100k"}
    steps: list[tuple[tuple[str, str], Any, dict[str, Any]]] = [
        (asking, progress.report_agreement, agreed),
        (asked, progress.report_delivery, {"delivered_on": stage.today, "text": "两百份全部送到。"}),
        (asking, progress.report_outcome, {**result, "text": "准时，包装好，明年再订。"}),
        (asked, progress.report_outcome, {**result, "jobs": 2, "text": "带动两家会员企业接单。"}),
    ]
    for (slug, title), step, said in steps:
        with stage.working(slug):
            for found in _open(title):
                if found.other.title in (asking[1], asked[1]):
                    step(introduction=found, **said)
        stage.deliver()


def _contend(stage: Any) -> None:
    """More needs ask for what is scarce than can have it, and it is distributed."""
    for story in stories():
        for title in story.asks:
            _ask_for(stage, story, title)
    stage.deliver()
    with stage.coordinating():
        distribute_scarce(federation_id=stage.federation_id)


def _ask_for(stage: Any, story: Story, title: str) -> None:
    offering = next(other.slug for other in stories() if other.title == title)
    wanted = _listed(stage, offering, title)
    listing = _listed(stage, story.slug, story.title)
    if wanted and listing:
        with stage.working(story.slug):
            actions.send_interest(listing=listing, other_id=str(wanted.pk), other_title=title)


def _listed(stage: Any, slug: str, title: str) -> Listing | None:
    if slug not in stage.chambers:
        return None
    with stage.working(slug):
        found: Listing | None = Listing.objects.filter(title=title).first()
        return found


def _ask(stage: Any, slug: str, title: str, text: str) -> None:
    with stage.working(slug) as chamber:
        listing = Listing.objects.filter(title=title).first()
        found = top_matches(chamber_id=chamber.pk, listing_id=listing.pk).matches if listing else ()
        if listing and found:
            best = found[0].profile
            actions.send_interest(listing=listing, other_id=best.id, other_title=best.title, text=text)


def _accept(stage: Any, asked: str, asking: str, title: str) -> None:
    with stage.working(asked):
        for found in _open(title):
            said = {"contact_phone": PHONES[asked], "text": "可以，请直接联系。"}
            actions.accept(introduction=found, contact_name="商会秘书处", **said)
    stage.deliver()
    with stage.working(asking) as chamber:
        for found in introductions(chamber_id=chamber.pk):
            if found.interest.status == "accepted":
                phone = PHONES[asking]
                actions.give_contact(introduction=found, contact_name="商会秘书处", contact_phone=phone)
    stage.deliver()


def _open(title: str) -> list[Introduction]:
    """The bound chamber's introductions about one of its own listings."""
    chamber = current_chamber()
    found = introductions(chamber_id=chamber.pk) if chamber else []
    return [i for i in found if i.mine.title == title]
