"""Changing what is accepted, leaving, and what becomes of what was published."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def affiliation(changde: Any, shaoyang: Any, hunan: Any, working: Any) -> Any:
    """常德's membership of the cast's federation; the test works as its secretary-general."""
    from tenants.affiliation.models import Affiliation

    working("qin")
    return Affiliation.objects.current().get()


@pytest.fixture
def entry(affiliation: Any, arrive: Any) -> Any:
    from tenants.affiliation.models import Entry

    made = Entry(affiliation=affiliation, introduction="常德籍企业家之家", contact_name="白若水", contact_agreed=True)
    made.save()
    made.publish()
    arrive()
    return made


def test_an_officer_may_neither_change_items_nor_leave(signed_in: Any, changde: Any) -> None:
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Affiliation

    with in_chamber(changde):
        pk = Affiliation.objects.current().get().pk
    browser = signed_in("tan")
    assert browser.get(f"/affiliation/{pk}/").status_code == 200
    assert browser.post(f"/affiliation/{pk}/items/", {"items": ["liaison"], "version": 1}).status_code == 403
    assert browser.post(f"/affiliation/{pk}/departure/").status_code == 403
    assert signed_in("dai").get(f"/affiliation/{pk}/").status_code == 404


def test_an_item_taken_back_ends_its_acceptance_and_keeps_the_others(
    affiliation: Any, changde: Any, hunan: Any, arrive: Any
) -> None:
    from federation.registry.models import Acceptance
    from federation.registry.queries import NotAMember, membership

    affiliation.change_items(items=["liaison", "matching"], version=1)
    arrive()
    here = {"federation_id": hunan.pk, "chamber_id": changde.pk}
    assert membership(**here, item="liaison").items == ["liaison", "matching"]
    with pytest.raises(NotAMember):
        membership(**here, item="benchmarking")
    ended = _in_the_register(
        lambda: list(Acceptance.objects.filter(membership__chamber_id=changde.pk, withdrawn_on__isnull=False))
    )
    assert {a.item for a in ended} == {"directory", "data_calls", "benchmarking"}


@pytest.mark.urls("huiguan.urls_chamber")
def test_an_item_is_accepted_again_under_a_new_version(affiliation: Any, changde: Any, hunan: Any, arrive: Any) -> None:
    from federation.registry.models import Acceptance
    from federation.registry.queries import agreement
    from tenants.affiliation.waiting import has_joined, waiting

    _in_the_register(lambda: _issue_again(hunan, agreement(hunan.pk)))
    assert has_joined()
    assert [item.url for item in waiting(_actor(changde))] == [f"/affiliation/{affiliation.pk}/items/"]
    affiliation.change_items(items=["liaison"], version=2)
    arrive()
    standing = _in_the_register(
        lambda: list(
            Acceptance.objects.filter(membership__chamber_id=changde.pk, withdrawn_on=None).values_list(
                "item", "version"
            )
        )
    )
    assert standing == [("liaison", 2)]
    assert list(waiting(_actor(changde))) == []


def test_an_entry_disappears_with_its_item(entry: Any, affiliation: Any, changde: Any, hunan: Any, arrive: Any) -> None:
    assert _directory(hunan, changde) == ["常德籍企业家之家"]
    affiliation.change_items(items=["liaison"], version=1)
    arrive()
    assert _directory(hunan, changde) == []
    entry.refresh_from_db()
    assert (entry.status, entry.published) == ("draft", {})


def test_nothing_of_a_chamber_that_left_stays_in_the_directory(
    entry: Any, affiliation: Any, hunan: Any, changde: Any, shaoyang: Any, arrive: Any
) -> None:
    from federation.registry.models import Profile
    from federation.registry.queries import federations_of

    affiliation.leave(reason="合并到省商会")
    assert _directory(hunan, shaoyang) == ["常德籍企业家之家"]
    arrive()
    assert _directory(hunan, shaoyang) == []
    assert not _in_the_register(lambda: Profile.objects.exists())
    assert federations_of(changde.pk) == []


def test_the_trail_of_a_deleted_entry_keeps_none_of_its_words(entry: Any, affiliation: Any, arrive: Any) -> None:
    from huiguan.journal.models import Entry as Line

    affiliation.leave()
    arrive()
    lines = _in_the_register(lambda: list(Line.objects.filter(model="registry.Profile")))
    assert {line.verb for line in lines} == {"created", "deleted"}
    assert "白若水" not in str([(line.changes, line.facts) for line in lines])


def test_a_suspended_chamber_is_not_shown_in_the_directory(entry: Any, hunan: Any, changde: Any, shaoyang: Any) -> None:
    from huiguan.tenancy.binding import in_site
    from huiguan.tenancy.models import Chamber

    assert _directory(hunan, shaoyang) == ["常德籍企业家之家"]
    with in_site():
        Chamber.objects.filter(pk=changde.pk).update(status=Chamber.Status.SUSPENDED)
    assert _directory(hunan, shaoyang) == []


def test_a_chamber_that_comes_back_begins_a_new_membership(
    affiliation: Any, hunan: Any, changde: Any, arrive: Any
) -> None:
    from federation.registry.models import Membership
    from tests.support import cast

    affiliation.leave()
    arrive()
    made = cast.join(changde, hunan, ["liaison"])
    arrive()
    assert made.pk != affiliation.pk
    found = _in_the_register(lambda: Membership.objects.filter(chamber_id=changde.pk).order_by("created_at"))
    assert [(m.status, m.items) for m in found] == [("left", []), ("active", ["liaison"])]


def _in_the_register(ask: Any) -> Any:
    from huiguan.tenancy.binding import in_federation

    with in_federation():
        found = ask()
        return list(found) if hasattr(found, "query") else found


def _directory(federation: Any, chamber: Any) -> list[str]:
    """What a member chamber reads there."""
    from federation.registry.queries import published_profiles

    return [p.introduction for p in published_profiles(federation_id=federation.pk, chamber_id=chamber.pk)]


def _issue_again(federation: Any, before: Any) -> None:
    from federation.registry.actions import issue_agreement

    words = {
        c.item: {name: getattr(c, name) for name in ("leaves", "purpose", "readers", "withdrawal")}
        for c in before.clauses.all()
    }
    issue_agreement(federation.pk, introduction=before.introduction, words=words, changes="更清楚")


def _actor(chamber: Any) -> Any:
    from huiguan.actors import Actor

    return Actor("秦若兰", chamber_id=chamber.pk)
