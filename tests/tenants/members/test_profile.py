"""对每个会员都要研究透: what is known of a member, what is missing; filled in where it stands. [000]"""

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from huiguan.audit.models import Entry
from huiguan.kpis import Period
from tenants.members import profile
from tenants.members.kpis import completeness
from tenants.members.models import Contact, Member

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def firm(as_person: Any) -> Member:
    with as_person("qin"):
        return Member.objects.create(name="湘味餐饮", industry="餐饮", interests="品茶", address="西安市雁塔区")


def section_url(member: Member, name: str) -> str:
    return f"/members/member/{member.pk}/profile/{name}/"


def reread(as_person: Any, member: Member) -> Member:
    with as_person("qin"):
        return Member.objects.get(pk=member.pk)


def test_what_is_missing_is_what_its_kind_can_have(as_person: Any) -> None:
    with as_person("qin"):
        firm, person = Member(name="湘味餐饮"), Member(name="向南枝", kind=Member.Kind.INDIVIDUAL)
        for each in (firm, person):
            each.save()
        lacks = {w.name for w in profile.missing(firm)}, {w.name for w in profile.missing(person)}
        assert lacks[0] == {w.name for w in profile.WANTED}
        assert lacks[0] - lacks[1] == {"short_name", "credit_code", "legal_representative", "headcount", "revenue"}
        Contact.objects.create(member=person, name="向南枝", phone="13800000000")
        person = Member.objects.get(pk=person.pk)
        assert "phone" not in {w.name for w in profile.missing(person)}
        assert profile.completeness(person) == round(100 / 9)


def test_the_same_is_missing_in_a_list_as_on_the_page(as_person: Any, firm: Member) -> None:
    with as_person("qin"):
        Contact.objects.create(member=firm, name="向南枝", phone="13800000000")
        Member.objects.create(name="沅江建材", products="水泥", departments=["市商务局"], headcount=2)
        Member.objects.create(name="舒望月", kind=Member.Kind.INDIVIDUAL)
        for wanted in profile.WANTED:
            one_by_one = {m.pk for m in Member.objects.all() if wanted in profile.missing(m)}
            assert {m.pk for m in profile.lacking(Member.objects.all(), wanted.name)} == one_by_one, wanted.name


def test_the_chambers_figure_counts_what_is_wanted_of_each_kind(as_person: Any, firm: Member) -> None:
    with as_person("qin"):
        Member.objects.create(name="舒望月", kind=Member.Kind.INDIVIDUAL, industry="零售")
        with CaptureQueriesContext(connection) as queries:
            counted = profile.filled(Member.objects.active())
        assert len(queries) == 1
        assert profile.share(counted) == pytest.approx(100 * 4 / (14 + 9))
        measured = completeness(Period.year_to(localdate()))
        assert (measured.value, measured.numerator, measured.denominator) == (pytest.approx(100 * 4 / 23), 4, 2)
        assert profile.share(profile.filled(Member.objects.none())) is None


def test_a_reader_cannot_fill_in_anything(firm: Member, signed_in: Any) -> None:
    assert signed_in("ruan").get(section_url(firm, "business")).status_code == 403
    page = signed_in("ruan").get(f"/members/member/{firm.pk}/").content.decode()
    assert f"{firm.pk}/profile/" not in page
    assert "餐饮" in page


def test_a_section_that_does_not_exist_and_a_member_of_another_chamber_are_not_found(
    firm: Member, signed_in: Any
) -> None:
    assert signed_in("qin").get(section_url(firm, "__class__")).status_code == 404
    assert signed_in("dai").get(section_url(firm, "business")).status_code == 404


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(firm: Member, signed_in: Any, as_person: Any) -> None:
    typed = {"departments": "市商务局、" + "很" * 61}
    answer = signed_in("tan").post(section_url(firm, "relations"), typed, **HTMX)
    assert answer.context["form"].errors.keys() == {"departments"}
    assert "市商务局、很" in answer.content.decode()
    assert reread(as_person, firm).departments == []


def test_a_section_is_filled_in_where_it_stands(firm: Member, signed_in: Any, as_person: Any) -> None:
    browser = signed_in("tan")
    form = browser.get(section_url(firm, "relations"), {"field": "departments"}, **HTMX).content.decode()
    assert "autofocus" in form
    assert "<html" not in form
    answer = browser.post(section_url(firm, "relations"), {"departments": "市商务局， 雁塔区税务局、市商务局"}, **HTMX)
    assert (answer["HX-Retarget"], answer.status_code) == ("#profile", 200)
    assert "雁塔区税务局" in answer.content.decode()
    member = reread(as_person, firm)
    assert member.departments == ["市商务局", "雁塔区税务局"]
    assert (member.industry, member.interests) == ("餐饮", "品茶")
    with as_person("qin"):
        assert Entry.objects.filter(record_id=firm.pk).latest("number").changes.keys() == {"departments"}


def test_without_a_script_the_section_has_a_page_of_its_own(firm: Member, signed_in: Any, as_person: Any) -> None:
    browser = signed_in("tan")
    assert "<html" in browser.get(section_url(firm, "business")).content.decode()
    answer = browser.post(section_url(firm, "business"), {"industry": "餐饮", "headcount": "2"})
    assert answer.headers["Location"] == f"/members/member/{firm.pk}/"
    assert reread(as_person, firm).headcount == Member.Headcount.UNDER_100


def test_what_was_researched_is_for_the_secretariat_and_the_president_alone(firm: Member, signed_in: Any) -> None:
    """Other members sit in the council: what one likes and earns is not for them. [T12]"""
    signed_in("tan").post(section_url(firm, "person"), {"interests": "钓鱼", "native_place": "桃源县"})
    seen = {key: signed_in(key).get(f"/members/member/{firm.pk}/").content.decode() for key in ("qin", "tao", "ruan")}
    assert "钓鱼" in seen["qin"]
    assert "钓鱼" in seen["tao"]
    assert "钓鱼" not in seen["ruan"]
    assert "品茶" not in seen["ruan"]  # nor in the history
    assert "•••" in seen["ruan"]


def test_the_member_confirms_and_the_day_is_kept(firm: Member, signed_in: Any, as_person: Any) -> None:
    signed_in("tan").post(f"/members/member/{firm.pk}/moves/confirm/")
    assert reread(as_person, firm).confirmed_on == localdate()
    assert "尚未确认" not in signed_in("tan").get(f"/members/member/{firm.pk}/").content.decode()


def test_the_least_known_stand_first_and_one_missing_thing_can_be_looked_for(
    firm: Member, signed_in: Any, as_person: Any
) -> None:
    with as_person("qin"):
        Member.objects.create(name="沅江建材")
        Member.objects.create(name="已退企业").leave(reason="歇业")
    browser = signed_in("tan")

    def rows(**query: str) -> list[str]:
        return [row["record"].name for row in browser.get("/members/profiles/", query).context["rows"]]

    assert rows() == ["沅江建材", "湘味餐饮"]
    assert rows(missing="interests") == ["沅江建材"]
    assert rows(missing="nonsense") == rows(q="") == ["沅江建材", "湘味餐饮"]
    assert rows(q="湘味") == ["湘味餐饮"]
    assert rows(q="无此会员") == []


def test_the_list_sorts_by_what_is_known_and_the_unknown_stand_last(
    firm: Member, signed_in: Any, as_person: Any
) -> None:
    with as_person("qin"):
        Member.objects.create(name="沅江建材")
    browser = signed_in("tan")

    def names(sort: str) -> list[str]:
        return [row["title"] for row in browser.get("/members/member/", {"sort": sort}).context["rows"]]

    assert names("standing__completeness") == ["沅江建材", "湘味餐饮"]
    assert names("-standing__completeness") == ["湘味餐饮", "沅江建材"]
    signed_in("tan").post(section_url(firm, "person"), {"interests": "", "native_place": ""})
    with as_person("qin"):
        other = Member.objects.get(name="沅江建材")
    for name, typed in (("exchange", {"needs": "贷款", "offers": "场地"}), ("place", {"address": "西安市"})):
        browser.post(section_url(other, name), typed)
    assert names("-standing__completeness") == ["沅江建材", "湘味餐饮"]


def test_a_list_costs_the_same_however_many_are_to_be_worked_out(signed_in: Any, as_person: Any) -> None:
    browser, counts = signed_in("tan"), []
    browser.get("/members/profiles/")  # what a process reads once in its life
    for number in (3, 30):
        with as_person("qin"):
            Member.objects.bulk_create([Member(name=f"企业{number}-{n}") for n in range(number)])
        caches["shared"].clear()
        with CaptureQueriesContext(connection) as queries:
            browser.get("/members/profiles/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
