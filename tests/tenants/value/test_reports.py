"""A report tells a year from all capabilities, with its basis, and is frozen once it was sent."""

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from huiguan.actors import NotAllowed
from huiguan.states import WrongState

pytestmark = pytest.mark.django_db


def make(member: Any) -> Any:
    from tenants.value.making import make_report

    return make_report(member, localdate().year)


def run(**fields: Any) -> Any:
    from tenants.value.models import ReportRun

    made = ReportRun(**fields)
    made.save()
    made.carry_out()
    made.save()
    return made


def words(content: Any) -> dict[str, list[str]]:
    return {part["code"]: [line["text"] for line in part["lines"]] for part in content["parts"]}


def test_who_only_reads_makes_none(as_person: Any, member: Any) -> None:
    with as_person("qin"):
        made = member()
    with as_person("ruan"), pytest.raises(NotAllowed):
        make(made)


def test_a_report_gathers_what_each_capability_knows(working: Any, full_year: Any) -> None:
    working("qin")
    report = make(full_year())
    said = words(report.content)
    assert (report.paid_fen, report.saved_fen) == (150_000, 51_200)
    assert said["groups"] == ["商贸专委会"]
    assert said["contacts"]
    assert said["benefits"][0].startswith("沅水人家酒楼 · 菜品八八折")
    [waived] = [part for part in report.content["parts"] if part["code"] == "waived"]
    assert waived["lines"][0]["basis"] == "疫情减免（理事会决议）"


def test_another_members_year_is_in_none_of_it(working: Any, full_year: Any, member: Any) -> None:
    working("qin")
    full_year()
    assert make(member()).is_empty


def test_what_was_sent_stays_word_for_word_and_the_next_is_a_version(working: Any, full_year: Any) -> None:
    from tenants.dues import payments
    from tenants.value.models import Report

    working("qin")
    owner = full_year(email="cheng@example.com")
    report = make(owner)
    report.send()
    before = Report.objects.get(pk=report.pk).content
    payments.record(member_id=owner.pk, method="cash", fen=30_000, received_on=localdate())
    again = make(owner)
    assert (again.version, again.paid_fen) == (2, 180_000)
    assert Report.objects.get(pk=report.pk).content == before
    assert make(owner).pk == again.pk
    with pytest.raises(WrongState):
        report.send()


def test_a_report_is_sent_once_with_a_link_and_only_where_somebody_can_be_reached(
    working: Any, full_year: Any, member: Any
) -> None:
    from huiguan.deliveries.models import Delivery

    working("qin")
    with pytest.raises(ValidationError):
        make(member()).send()
    report = make(full_year(email="cheng@example.com"))
    report.send()
    [sent] = Delivery.objects.all()
    assert "/value/r/" in sent.body
    assert "¥512.00" in sent.body
    assert report.sent_to == "程晚晴"


def test_reports_for_all_are_one_file_and_are_sent_in_one_action(working: Any, full_year: Any, member: Any) -> None:
    from huiguan.files.keeping import content_of
    from huiguan.files.models import KeptFile
    from tenants.value.models import Report

    working("qin")
    full_year(name="西安装订一商贸有限公司", email="cheng@example.com")
    member("西安装订二商贸有限公司")
    gone = member("西安装订三商贸有限公司")
    gone.leave(reason="迁出")
    made = run(year=localdate().year)
    assert (made.made, made.empty, made.unprinted) == (2, 1, [])
    [file] = KeptFile.objects.about(made)
    names = zipfile.ZipFile(io.BytesIO(content_of(file))).namelist()
    assert [name.split(" ")[1] for name in sorted(names)] == [
        "西安装订二商贸有限公司.pdf",
        "西安装订一商贸有限公司.pdf",
    ]
    sent = run(kind="send", year=made.year, of_run=made)
    assert (sent.sent, sent.unreached) == (1, 1)
    assert Report.objects.sent().count() == 1
    assert run(kind="send", year=made.year, of_run=made).sent == 0


def test_the_paper_says_the_same_with_its_basis(as_person: Any, full_year: Any, signed_in: Any) -> None:
    from pypdf import PdfReader

    with as_person("qin"):
        report = make(full_year())
    answer = signed_in("qin").get(f"/value/report/{report.pk}/report.pdf")
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    said = said.replace(" ", "").replace("\n", "")
    for expected in ("512.00", "1,500.00", "疫情减免（理事会决议）", "商贸专委会"):
        assert expected in said, said


def test_the_members_link_opens_what_was_sent_and_no_draft(as_person: Any, full_year: Any, signed_in: Any) -> None:
    from django.test import Client

    from tenants.value.models import Report

    with as_person("qin"):
        from tenants.value.addresses import Addresses

        report = make(full_year(email="cheng@example.com"))
        path = "/" + Addresses.here().of(report).split("/", 3)[3]
    phone = Client(HTTP_HOST="changde.localhost")
    assert phone.get(path).status_code == 404
    with as_person("qin"):
        report.send()
    assert "¥512.00" in phone.get(path).content.decode()
    assert phone.get(f"{path}report.pdf")["Content-Type"] == "application/pdf"
    assert Client(HTTP_HOST="shaoyang.localhost").get(path).status_code == 404
    with as_person("qin"):
        assert Report.objects.get(pk=report.pk).opened_at


def test_last_year_stands_beside_this_one(working: Any, full_year: Any) -> None:
    from tenants.dues import payments

    working("qin")
    owner, today = full_year(), localdate()
    payments.record(
        member_id=owner.pk, method="cash", fen=70_000, received_on=today.replace(year=today.year - 1, day=1)
    )
    content = make(owner).content
    assert (content["before"]["paid"], content["sums"]["paid"]) == (70_000, 150_000)


def test_the_overview_counts_the_newest_report_of_each_member(as_person: Any, full_year: Any, signed_in: Any) -> None:
    with as_person("qin"):
        from tenants.value.figures import sums_of

        owner = full_year(email="cheng@example.com")
        make(owner).send()
        make(owner)
        sums = sums_of(localdate().year)
    assert (sums.reports, sums.sent, sums.saved_fen, sums.paid_fen) == (1, 0, 51_200, 150_000)
    assert "¥1,500.00" in signed_in("qin").get("/value/").content.decode()


def test_reports_are_asked_for_in_the_browser_and_their_page_says_how_far_they_are(signed_in: Any) -> None:
    browser = signed_in("qin")
    answer = browser.post("/value/make/", {"year": localdate().year, "segment": ""})
    page = browser.get(answer["Location"])
    assert "progress" in page.content.decode()
    assert browser.get(f"{answer['Location']}progress/").status_code == 200


def test_among_its_own_pages_a_member_finds_its_reports_and_no_others(
    as_person: Any, full_year: Any, member: Any
) -> None:
    from django.test import Client

    from huiguan.own.actions import link_for
    from tests.huiguan.own.test_links import path_of

    with as_person("qin"):
        owner, other = full_year(email="cheng@example.com"), member(email="lu@example.com")
        mine, theirs = make(owner), make(other)
        mine.send()
        theirs.send()
        path = path_of(link_for(owner.contacts.get()))
    phone = Client(HTTP_HOST="changde.localhost")
    assert "年会员价值报告" in phone.get(path, follow=True).content.decode()
    assert "¥512.00" in phone.get(f"/value/mine/{mine.pk}/").content.decode()
    assert phone.get(f"/value/mine/{mine.pk}/report.pdf")["Content-Type"] == "application/pdf"
    assert phone.get(f"/value/mine/{theirs.pk}/").status_code == 404


def test_who_is_erased_leaves_no_report_and_no_name_on_a_card(working: Any) -> None:
    from huiguan.privacy.erasing import erase, read_of
    from huiguan.privacy.persons import parts_of, person_of
    from tenants.benefits.issuing import issue
    from tenants.benefits.models import Card
    from tenants.members.models import Contact, Member
    from tenants.value.models import Report

    working("qin")
    one = Member(name="程晚晴", kind="individual")
    one.save()
    contact = Contact(member=one, name="程晚晴", phone="13900003333")
    contact.save()
    issue(Card(member=one))
    make(one).send()
    one.leave(reason="本人要求")
    person = person_of(contact)
    erase(person, reason="本人要求", read=read_of(parts_of(person)))
    assert not Report.objects.exists()
    assert "程晚晴" not in str(Card.objects.select_related("member").get().whose())
