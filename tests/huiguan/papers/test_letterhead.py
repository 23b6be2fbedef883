"""The chamber sets up its letterhead once, sees how its papers look, and keeps its seal to those who may use it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiguan.files.models import KeptFile
from huiguan.papers.actions import change_letterhead
from huiguan.papers.kinds import Letter
from huiguan.papers.models import Letterhead
from huiguan.papers.rendering import render_pdf
from tests.huiguan.papers.conftest import DAY, read, text_of

AsPerson = Callable[[str], Any]
SignedIn = Callable[..., Client]
ENTERED = {
    "name": "西安市常德商会",
    "address": "西安市雁塔区锦业路 18 号",
    "phone": "029-8800 1234",
    "signatory": "会长　陶远山",
    "account_name": "西安市常德商会",
    "bank": "长安银行高新支行",
    "account": "8061 0001 4210",
}


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.png", content)


@pytest.fixture
def set_up(signed_in: SignedIn, pictures: dict[str, bytes]) -> None:
    files = {f"new_{name}": file(name, pictures[f"{name}.png"]) for name in ("logo", "seal")}
    answer = signed_in("qin").post("/papers/edit/", {**ENTERED, **files})
    assert answer.status_code == 302, answer.content.decode()


def current(as_person: AsPerson) -> Letterhead:
    with as_person("qin"):
        return Letterhead.current()


def test_those_who_may_not_change_it_are_refused(signed_in: SignedIn) -> None:
    for url in ("/papers/edit/", "/papers/logo/removal/"):
        assert signed_in("tan").post(url).status_code == 403
    assert signed_in("nie", host="changde").get("/papers/").status_code == 403


def test_before_it_is_set_up_papers_bear_the_chambers_name(signed_in: SignedIn) -> None:
    page = signed_in("qin").get("/papers/").content.decode()
    assert "尚未设置" in page
    sample = signed_in("qin").get("/papers/samples/letter.pdf")
    assert "西安市常德商会" in text_of(sample.content)


def test_what_cannot_be_printed_is_said_beside_its_field_and_nothing_typed_is_lost(signed_in: SignedIn) -> None:
    answer = signed_in("qin").post("/papers/edit/", {**ENTERED, "signatory": "会长 𠮷野"})
    page = answer.content.decode()
    assert "U+20BB7" in page
    assert "029-8800 1234" in page


def test_a_picture_that_is_none_is_said_beside_its_field(signed_in: SignedIn) -> None:
    wrong = file("logo", b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    page = signed_in("qin").post("/papers/edit/", {**ENTERED, "new_logo": wrong}).content.decode()
    assert "图片（JPEG、PNG、WebP、HEIC）" in page


def test_it_is_set_up_with_logo_and_seal(set_up: None, as_person: AsPerson, signed_in: SignedIn) -> None:
    found = current(as_person)
    assert (found.phone, found.logo.kind, found.seal.content_type) == ("029-8800 1234", "image", "image/png")  # type: ignore[union-attr]
    assert max(found.seal.width, found.seal.height) == 600  # type: ignore[union-attr]
    page = signed_in("qin").get("/papers/").content.decode()
    assert found.logo.small_url in page  # type: ignore[union-attr]
    assert found.seal.small_url in page  # type: ignore[union-attr]


def test_there_is_one_letterhead_however_often_it_is_saved(
    set_up: None, as_person: AsPerson, signed_in: SignedIn
) -> None:
    signed_in("qin").post("/papers/edit/", {**ENTERED, "phone": "029-1"})
    with as_person("qin"):
        assert Letterhead.objects.count() == 1
    found = current(as_person)
    assert (found.phone, found.logo is None) == ("029-1", False)


def test_two_who_set_it_up_at_once_set_up_one(set_up: None, as_person: AsPerson) -> None:
    with as_person("qin"):
        change_letterhead(Letterhead(name="西安市常德商会", phone="029-2"))
        [found] = Letterhead.objects.all()
        assert (found.phone, found.seal is None) == ("029-2", False)


def test_a_new_picture_replaces_the_old_one(
    set_up: None, as_person: AsPerson, signed_in: SignedIn, pictures: dict[str, bytes]
) -> None:
    before = current(as_person).logo
    signed_in("qin").post("/papers/edit/", {**ENTERED, "new_logo": file("logo", pictures["logo.png"])})
    with as_person("qin"):
        assert not KeptFile.objects.filter(pk=before.pk).exists()  # type: ignore[union-attr]
        assert KeptFile.objects.count() == 2


def test_the_seal_is_seen_and_used_only_by_those_who_may(
    set_up: None, as_person: AsPerson, signed_in: SignedIn
) -> None:
    seal = current(as_person).seal
    assert seal is not None
    assert seal.small_url not in signed_in("tan").get("/papers/").content.decode()
    assert signed_in("tan").get(seal.small_url).status_code == 403
    assert signed_in("gu").get(seal.small_url).status_code == 200
    for key, pictures_on_it in (("tan", 1), ("gu", 2)):
        sample = signed_in(key).get("/papers/samples/letter.pdf").content
        assert len(read(sample).pages[0].images) == pictures_on_it


@pytest.mark.parametrize("kind", ["letter", "receipt", "report"])
def test_a_sample_of_each_paper_is_shown_and_says_that_it_is_one(set_up: None, signed_in: SignedIn, kind: str) -> None:
    answer = signed_in("gu").get(f"/papers/samples/{kind}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "样张" in text_of(answer.content)
    assert "西安市常德商会" in text_of(answer.content)


def test_no_other_sample_is_found(signed_in: SignedIn) -> None:
    assert signed_in("qin").get("/papers/samples/cheque.pdf").status_code == 404
    assert signed_in("qin").post("/papers/signature/removal/").status_code == 404


def test_a_removed_picture_stands_on_no_paper_any_more(set_up: None, as_person: AsPerson, signed_in: SignedIn) -> None:
    for name in ("logo", "seal"):
        signed_in("qin").post(f"/papers/{name}/removal/")
    found = current(as_person)
    assert (found.logo, found.seal) == (None, None)
    with as_person("qin"):
        assert not KeptFile.objects.exists()


def test_papers_bear_the_letterhead_of_their_own_chamber(set_up: None, as_person: AsPerson) -> None:
    said = Letter(heading="函", paragraphs=["内容"], signed_on=DAY)
    for key, name in (("qin", "西安市常德商会"), ("dai", "陕西省邵阳商会")):
        with as_person(key):
            made = render_pdf(said, language="zh-hans")
        assert name in text_of(made)
        assert ("锦业路" in text_of(made)) == (key == "qin")


def test_a_letter_tells_the_account_to_pay_to(set_up: None, as_person: AsPerson) -> None:
    facts = current(as_person).bank_facts()
    assert [value for _label, value in facts] == ["西安市常德商会", "长安银行高新支行", "8061 0001 4210"]
    assert Letterhead(name="无账户商会").bank_facts() == []


def test_a_folder_may_have_a_layout_of_its_own(
    stationery: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.apps import apps

    from huiguan.actors import SYSTEM, acting_as
    from huiguan.papers import layouts

    class Card(Letter):
        layout = "members/card"

    (tmp_path / "papers").mkdir()
    own = '#import "/paper.typ": *\n#let layout(ctx) = paper(ctx, foot: none, titled("会员证：" + ctx.to))'
    (tmp_path / "papers" / "card.typ").write_text(own)
    monkeypatch.setattr(apps.get_app_config("members"), "path", str(tmp_path))
    layouts.files_for.cache_clear()
    with acting_as(SYSTEM):
        made = render_pdf(Card(heading="会员证", to="鼎盛建材", paragraphs=[], signed_on=DAY), stationery=stationery)
    layouts.files_for.cache_clear()
    assert "会员证：鼎盛建材" in text_of(made)
