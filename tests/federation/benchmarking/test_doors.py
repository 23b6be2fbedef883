"""Every way in: pages, addresses, roles, the database itself, and what is left behind. [federation.md B.4]"""

import re
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from federation.benchmarking.models import Submission
from federation.benchmarking.queries import seen_by
from federation.registry.items import Item
from huiguan import regions
from huiguan.capability import capabilities, resources
from huiguan.inbox.handlers import Refused, hand_over
from huiguan.inbox.models import Receipt
from huiguan.tenancy.binding import in_federation
from huiguan.tenancy.models import Chamber
from tests.conftest import chamber, sign_in

OF_ONE_ANSWER = r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"'
RAW = (71.3719, 73.1937, 77.7391, 79.1373, 83.3717, 89.7193, 91.1739)


@pytest.fixture
def released(house: Any) -> Any:
    """K02 of seven chambers, the first of them 常德; K04 of five; K21 of one."""
    chambers = [chamber("changde").pk, *(house.joined() for _n in range(6))]
    release = house.opened()
    for chamber_id, value in zip(chambers, RAW, strict=True):
        house.send(chamber_id, value)
    for chamber_id in chambers[:5]:
        house.send(chamber_id, 44.4417, code="K04")
    house.send(chambers[1], 33.3319, code="K21")
    return house.frozen(release)


def browser(key: str) -> Any:
    from huiguan.accounts.models import Person
    from tests.support import cast

    slug = {**cast.PEOPLE, **cast.COORDINATORS}[key][1]
    return sign_in(Person.objects.get(email=cast.email(key)), slug)


def page(key: str, url: str) -> str:
    """What a person reads there, without what changes with every answer."""
    answer = browser(key).get(url)
    assert answer.status_code == 200, url
    return re.sub(
        r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"', "", answer.content.decode()
    )


def rows(text: str) -> list[str]:
    return re.findall(r"<tr>.*?</tr>", text, flags=re.DOTALL)


def test_t01_five_contributors_one_and_none_read_alike(released: Any) -> None:
    """On the coordinator's page: the same row, and no row that says that somebody is in a cohort."""
    from huiguan.capability import kpis

    found = {
        code: [row.replace(str(kpis()[code].label), "") for row in rows(_release_page(released)) if _is_of(row, code)]
        for code in ("K04", "K21", "K25")
    }
    assert len(found["K04"]) == 1
    assert found["K04"] == found["K21"] == found["K25"]


def test_t01_a_contributor_of_a_suppressed_figure_reads_no_number(released: Any) -> None:
    seen = seen_by(chamber_id=chamber("changde").pk, federation_id=released.federation_id)
    assert set(seen) == {"K02", "K04"}
    [found] = seen["K04"]
    assert (found.median, found.lower, found.upper, found.band, found.quartile, found.cohorts) == (
        None, None, None, "", None, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    "asked", ["?facet=size&value=50-199&province=61", "?size=50-199&kind=trade", "?ordering=value", "?code=K04"]
)
def test_t04_no_address_crosses_two_facets(released: Any, asked: str) -> None:
    assert rows(_release_page(released, asked)) == rows(_release_page(released))


def test_t04_cells_have_no_list_no_export_and_no_place_in_the_api() -> None:
    from federation.benchmarking.models import Place, ReleaseCell

    offered = {resource.model for _capability, resource in resources()}
    assert not offered & {ReleaseCell, Place, Submission}
    assert [r.api_name for _c, r in resources() if r.model._meta.app_label == "benchmarking"] == [""]
    assert "benchmarking.export" not in {p.name for c in capabilities() for p in c.permissions}


def test_t11_no_cell_of_a_release_belongs_to_a_table_of_two_ways(released: Any, published: Any) -> None:
    """Each is of all chambers or of one value of one declared facet: no total that a cell could be taken from."""
    from federation.benchmarking.releasing import SIZES

    declared = {"all": {""}, "size": {*(band for _below, band in SIZES), "200+"}, "kind": set(Chamber.Kind.values)}
    declared["province"] = set(regions.PROVINCES)
    cells = published(released)
    assert len(cells) > 1
    assert [cell for cell in cells if cell["value"] not in declared[cell["facet"]]] == []


def test_t05_twenty_edits_after_the_release_change_no_answer_by_one_byte(house: Any, released: Any) -> None:
    me = chamber("changde").pk
    before = page("qin", "/benchmarks/"), page("lian", f"/benchmarking/release/{released.pk}/")
    seen = seen_by(chamber_id=me, federation_id=house.id)
    for value in range(20):
        with pytest.raises(Refused):
            house.send(me, 5.0 * value)
        assert seen_by(chamber_id=me, federation_id=house.id) == seen
    assert (page("qin", "/benchmarks/"), page("lian", f"/benchmarking/release/{released.pk}/")) == before


@pytest.mark.parametrize("key", ["lian", "qiao", "qin"])
def test_t13_no_page_of_any_role_shows_a_value(released: Any, key: str) -> None:
    place = "chamber" if key == "qin" else "federation"
    seen = [page(key, url) for url in _pages(place, key)]
    assert len(seen) > 3
    for text in seen:
        assert [value for value in (*RAW, 44.4417, 33.3319) if str(value) in text] == []


def test_t13_no_role_but_the_owner_reads_or_changes_a_submission(released: Any) -> None:
    rights = ("select", "update", "delete", "truncate", "references", "trigger")
    with connection.cursor() as cursor:
        for right in rights:
            cursor.execute(
                "select rolname from pg_roles where rolname not like 'pg\\_%%' and not rolsuper"
                " and has_table_privilege(rolname, 'benchmarking_submission', %s)",
                [right],
            )
            assert {name for (name,) in cursor.fetchall()} == {"huiguan_owner"}, right


def test_t13_the_role_that_writes_reads_not_even_what_it_has_just_written(house: Any) -> None:
    chamber_id = house.joined()
    with pytest.raises(ProgrammingError, match="permission denied"), in_federation(), transaction.atomic():
        house.send(chamber_id, 55.5)
        Submission.objects.filter(chamber_id=chamber_id).first()


def test_t14_a_receipt_keeps_nothing_that_a_value_could_be_tried_against(house: Any) -> None:
    """One rate and a public credit code are soon found again from the digest of a message."""
    house.send(house.joined(), 71.3719)
    with in_federation():
        assert list(Receipt.objects.filter(name="benchmarks.figures_sent").values_list("digest", flat=True)) == [""]
        assert "" not in Receipt.objects.filter(name="affiliation.joined").values_list("digest", flat=True)


def test_t14_logs_trail_and_answers_of_jobs_hold_no_value(house: Any, released: Any, caplog: Any, capfd: Any) -> None:
    from federation.benchmarking import tasks
    from huiguan.journal.models import Entry

    house.opened(2)
    house.send(house.joined(), RAW[0], quarter=2)
    assert RAW[0] not in [tasks.freeze_release(str(released.pk))]
    with in_federation():
        trail = str(list(Entry.objects.values_list("changes", "facts", "record_text")))
    written = trail + caplog.text + "".join(capfd.readouterr()) + str(released.audit)
    assert [value for value in RAW if str(value) in written] == []


def test_t14_a_figure_that_cannot_be_kept_is_told_to_its_chamber_alone(
    house: Any, caplog: Any, capfd: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that fails is logged by its number; the error text stays in the chamber's own ledger."""
    from django.utils.timezone import localdate

    from huiguan.actors import SYSTEM, acting_as
    from huiguan.outbox.delivery import deliver, publish
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber
    from tenants.benchmarks.models import Sending

    changde = chamber("changde")
    content = {"year": 2026, "quarter": 3, "figures": [{"code": "K" * 30, "version": 1, "value": RAW[0]}]}
    with acting_as(SYSTEM), in_chamber(changde):
        sending = Sending.objects.create(federation_id=house.id, year=2026, quarter=3, sent_by=str(localdate()))
        publish(sending, "benchmarks.figures_sent", to=house.id, recipient="x", content=content, basis="x")
    with acting_as(SYSTEM):
        deliver(changde, limit=1)
    with in_chamber(changde):
        assert Message.objects.get(name="benchmarks.figures_sent").last_error
    assert str(RAW[0]) not in caplog.text + "".join(capfd.readouterr())


def test_d5_a_quarter_that_is_not_over_is_not_released(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime

    from django.core.exceptions import ValidationError

    from federation.benchmarking.models import releases

    release = house.opened(3)
    monkeypatch.setattr(releases, "localdate", lambda: datetime.date(2026, 9, 30))
    with in_federation(), pytest.raises(ValidationError):
        release.freeze()
    monkeypatch.setattr(releases, "localdate", lambda: datetime.date(2026, 10, 1))
    house.frozen(release)
    assert release.status != "open"


def test_d5_not_even_the_quarter_of_a_release_is_changed(house: Any, released: Any) -> None:
    """Otherwise a second release of the same quarter could be made and held against the first."""
    coordinator = browser("lian")
    url = f"/benchmarking/release/{released.pk}/"
    assert f"{url}edit/" not in coordinator.get(url).content.decode()
    answer = coordinator.post(f"{url}edit/", {"year": 2025, "quarter": 1})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    with in_federation():
        released.refresh_from_db()
    assert (released.year, released.quarter) == (2026, 3)


def test_d11_a_chamber_that_takes_no_part_sends_nothing(house: Any) -> None:
    chamber_id = house.joined()
    house.accept(chamber_id, [item for item in Item.values if item != Item.BENCHMARKING])
    with pytest.raises(Refused):
        house.send(chamber_id, 50)
    with pytest.raises(Refused):
        hand_over(
            house.said(chamber_id, "benchmarks.figure_withdrawn", code="K02", version=1, year=2026, quarter=3)
        )  # fmt: skip


def test_d12_who_gave_no_figure_reads_none(house: Any, released: Any) -> None:
    outside = house.joined()
    assert seen_by(chamber_id=outside, federation_id=house.id) == {}
    first = chamber("changde").pk
    assert "K21" not in seen_by(chamber_id=first, federation_id=house.id)


def _release_page(release: Any, asked: str = "") -> str:
    return page("lian", f"/benchmarking/release/{release.pk}/{asked}")


def _is_of(row: str, code: str) -> bool:
    from huiguan.capability import kpis

    return str(kpis()[code].label) in row


def _pages(place: str, key: str) -> list[str]:
    """Every list of the place, and the first record of each."""
    from django.conf import settings
    from django.urls import NoReverseMatch, reverse

    client, found = browser(key), ["/", "/tasks/"]
    for _capability, resource in resources(place):
        try:
            url = reverse(f"{resource.route}-list", urlconf=settings.URLCONFS[place])
        except NoReverseMatch:
            continue
        answer = client.get(url)
        if answer.status_code == 200:
            found += [url, *re.findall(rf'href="({re.escape(url)}[0-9a-f-]{{36}}/)"', answer.content.decode())[:2]]
    return found
