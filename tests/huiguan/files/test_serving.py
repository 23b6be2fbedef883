"""Files are given to those who may read what they belong to, in a way that no browser runs them."""

import datetime
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from huiguan.capability import Place, resources
from huiguan.files.keeping import keep_file
from huiguan.files.links import link_to
from tests.huiguan.files.conftest import PDF, chosen, picture

AsPerson = Callable[[str], Any]
SignedIn = Callable[..., Client]


@pytest.fixture
def kept(as_person: AsPerson) -> Callable[..., Any]:
    """A file of a member of Changde."""
    from tenants.members.models import Member

    def make(data: bytes = PDF, purpose: str = "attic.paper", name: str = "章程\u202e.html") -> Any:
        with as_person("qin"):
            member = Member.objects.create(name="鼎盛建材")
            return keep_file(about=member, upload=chosen(data, name), purpose=purpose)

    return make


def fetched(browser: Client, kept: Any, small: str = "") -> Any:
    return browser.get(f"/files/{kept.pk}/{small}")


def test_somebody_not_signed_in_is_sent_to_sign_in(kept: Any) -> None:
    answer = fetched(Client(HTTP_HOST="changde.localhost"), kept())
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_the_permission_of_the_purpose_is_asked(kept: Any, signed_in: SignedIn) -> None:
    secret = kept(purpose="attic.secret")
    assert fetched(signed_in("tan"), secret).status_code == 403
    assert fetched(signed_in("qin"), secret).status_code == 200


def test_another_chambers_file_is_not_found(kept: Any, signed_in: SignedIn) -> None:
    theirs = kept()
    for url in (f"/files/{theirs.pk}/", f"/files/{theirs.pk}/small/"):
        assert signed_in("dai").get(url).status_code == 404
    assert fetched(signed_in("dai", host="changde"), theirs).status_code == 403


def test_a_file_of_a_record_that_one_may_not_know_of_is_not_found(
    kept: Any, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tenants.members.models import Member

    mine = kept()
    [members] = [r for _c, r in resources(Place.CHAMBER) if r.model is Member]
    monkeypatch.setitem(vars(members), "visible", lambda records, actor: records.none())
    assert fetched(signed_in("qin"), mine).status_code == 404


def test_a_purpose_that_nobody_declares_any_more_is_not_found(
    kept: Any, signed_in: SignedIn, as_person: AsPerson
) -> None:
    mine = kept()
    with as_person("qin"):
        type(mine).objects.filter(pk=mine.pk).update(purpose="gone.paper")
    assert fetched(signed_in("qin"), mine).status_code == 404


def test_an_unknown_file_is_not_found(signed_in: SignedIn) -> None:
    assert signed_in("qin").get(f"/files/{uuid.uuid4()}/").status_code == 404


def test_a_document_is_saved_and_never_shown(kept: Any, signed_in: SignedIn) -> None:
    answer = fetched(signed_in("qin"), kept())
    assert b"".join(answer) == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "%E7%AB%A0%E7%A8%8B.pdf" in answer.headers["Content-Disposition"]
    held_back(answer)


@pytest.mark.parametrize("small", ["", "small/"])
def test_a_picture_that_we_drew_may_be_shown(kept: Any, signed_in: SignedIn, small: str) -> None:
    answer = fetched(signed_in("qin"), kept(picture(), "attic.photo"), small)
    assert answer.headers["Content-Disposition"].startswith("inline;")
    assert answer.headers["Content-Type"] == "image/jpeg"
    held_back(answer)


def held_back(answer: Any) -> None:
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_document_has_no_small_picture(kept: Any, signed_in: SignedIn) -> None:
    assert fetched(signed_in("qin"), kept(), "small/").status_code == 404


def test_a_file_that_the_storage_lost_is_not_found(kept: Any, signed_in: SignedIn, stored: Path) -> None:
    mine = kept()
    for path in stored.rglob(mine.object_name):
        path.unlink()
    assert fetched(signed_in("qin"), mine).status_code == 404


def test_nothing_is_posted_to_a_file(kept: Any, signed_in: SignedIn) -> None:
    assert signed_in("qin").post(f"/files/{kept().pk}/").status_code == 405


def test_a_signed_link_leads_to_one_file_of_one_chamber_until_it_ends(
    kept: Any, as_person: AsPerson, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = kept(purpose="attic.secret")
    with as_person("qin"):
        path = link_to(mine, life=datetime.timedelta(hours=2))
    here, there = Client(HTTP_HOST="changde.localhost"), Client(HTTP_HOST="shaoyang.localhost")
    answer = here.get(path)
    assert (answer.status_code, b"".join(answer)) == (200, PDF)
    held_back(answer)
    assert there.get(path).status_code == 404
    assert here.get(path.replace("link/", "link/x")).status_code == 404
    now = datetime.datetime.now().timestamp()
    monkeypatch.setattr("time.time", lambda: now + 7201)
    assert here.get(path).status_code == 404


def test_no_link_lives_for_ever(kept: Any, as_person: AsPerson) -> None:
    mine = kept()
    with as_person("qin"), pytest.raises(ValueError, match="91"):
        link_to(mine, life=datetime.timedelta(days=91))


def test_what_is_far_too_large_is_refused_beside_its_field_and_does_not_fill_the_disk(
    signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huiguan.files import uploading

    monkeypatch.setattr(uploading, "MOST_BYTES", 16 * 2**20)
    chunks = []
    receive = uploading.LimitedUpload.receive_data_chunk
    monkeypatch.setattr(
        uploading.LimitedUpload,
        "receive_data_chunk",
        lambda self, data, start: chunks.append(receive(self, data, start)) or chunks[-1],
    )
    huge = chosen(b"\x89PNG" + bytes(20 * 2**20), "a.png")
    answer = signed_in("qin").post("/papers/edit/", {"name": "西安市常德商会", "phone": "029-1", "new_logo": huge})
    page = answer.content.decode()
    assert "超过 15 MB" in page
    assert "029-1" in page
    assert sum(len(chunk) for chunk in chunks if chunk) < 17 * 2**20
