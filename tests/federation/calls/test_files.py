"""A file in an answer: examined, previewed, signed, kept in the ledger, saved through one door, gone when withdrawn."""

import datetime
import hashlib
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from federation.calls import shapes
from huiguan.files.contents import examined
from huiguan.files.models import KeptFile
from huiguan.files.places import backend_at
from huiguan.files.purposes import purpose
from huiguan.outbox.delivery import deliver
from huiguan.outbox.models import Message
from huiguan.tenancy.binding import in_federation
from tests.federation.calls.conftest import receipt_of, seen_by
from tests.huiguan.files.conftest import LETTER, PDF, archive

pytestmark = pytest.mark.django_db
PAPER = {"label": "证明材料", "kind": "file"}
FIGURE = {"label": "引进项目数", "kind": "number", "unit": "个"}
FACTS = {"name": "合同.pdf", "size": len(PDF), "sha256": hashlib.sha256(PDF).hexdigest(), "type": "application/pdf"}


@pytest.fixture(autouse=True)
def stored(settings: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "objects"
    settings.STORAGES = {**settings.STORAGES, "files": backend_at(f"file://{folder}")}
    return folder


def paper(data: bytes = PDF, name: str = "合同.pdf") -> Any:
    return examined(SimpleUploadedFile(name, data), purpose("reporting.answer"))


def files_of(call: Any, chamber: Any) -> list[Any]:
    with in_federation():
        return list(receipt_of(call, chamber).files.all())


def upload(client: Any, call: Any, chamber: Any, at: int, data: bytes, name: str = "合同.pdf", **more: str) -> str:
    """The page after a draft with this file is saved."""
    key = str(seen_by(chamber, call).questions[at].id)
    given = {key: SimpleUploadedFile(name, data), **{each.format(key): said for each, said in more.items()}}
    page: str = client.post(f"/reporting/calls/{call.pk}/draft/", given, follow=True).content.decode()
    return page


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": 0},
        {"size": 10 * 1024 * 1024 + 1},
        {"size": "12"},
        {"sha256": "0" * 63},
        {"type": "text/html"},
        {"type": []},
        {"name": ""},
        {"name": "长" * 101},
        {"more": "x"},
    ],
)
def test_what_is_said_of_a_file_fits_or_is_no_answer(wrong: dict[str, Any]) -> None:
    assert shapes.takes("file", [], FACTS)
    assert not shapes.takes("file", [], {**FACTS, **wrong})
    assert not shapes.takes("file", [], "合同.pdf")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>alert(1)</script></html>", "合同.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "图.png"),
        (archive(*LETTER, "word/vbaProject.bin"), "合同.docx"),
        (PDF + b" " * (10 * 1024 * 1024), "合同.pdf"),
    ],
)
def test_hostile_and_oversized_content_is_refused_beside_the_field(
    sent: Any, changde: Any, signed_in: Any, at_work: Any, data: bytes, name: str
) -> None:
    call = sent(PAPER)
    page = upload(signed_in("qin"), call, changde, 0, data, name)
    assert "invalid-feedback" in page
    with at_work(changde):
        assert not KeptFile.objects.exists()


def test_a_call_asks_for_five_files_at_most(written: Any) -> None:
    with pytest.raises(ValidationError):
        written(*({**PAPER, "label": f"材料{n}"} for n in range(6)))


def test_an_answer_with_a_file_that_is_gone_is_not_signed(sent: Any, changde: Any, at_work: Any) -> None:
    from tenants.reporting import actions

    call = sent(PAPER)
    with at_work(changde):
        seen = seen_by(changde, call)
        draft = actions.save_draft(call=seen, words={str(seen.questions[0].id): paper()})
        KeptFile.objects.get().delete()
        with pytest.raises(ValidationError):
            actions.sign(call=seen, digest=actions.digest_of(actions.leaving(seen, draft)))
        assert not Message.objects.filter(name="reporting.answer_signed").exists()


def test_a_message_never_carries_a_file_that_it_does_not_name(sent: Any, changde: Any, at_work: Any) -> None:
    from huiguan.outbox.attaching import Unnamed
    from tenants.reporting import actions

    call = sent(PAPER)
    with at_work(changde):
        seen = seen_by(changde, call)
        draft = actions.save_draft(call=seen, words={str(seen.questions[0].id): paper()})
        with pytest.raises(Unnamed):
            draft.say("reporting.answer_signed", {"answers": []}, KeptFile.objects.all())


def test_the_preview_shows_the_file_with_its_size_and_digest(sent: Any, changde: Any, signed_in: Any) -> None:
    call, client = sent(FIGURE, PAPER), signed_in("qin")
    page = upload(client, call, changde, 1, PDF)
    preview = page[page.index("preview-title") :]
    assert "合同.pdf" in preview and FACTS["sha256"] in preview and f"{len(PDF)}\xa0字节" in preview
    assert files_of(call, changde) == []


def test_a_file_stays_until_its_tick_goes_or_another_is_chosen(
    sent: Any, changde: Any, signed_in: Any, at_work: Any
) -> None:
    call, client = sent(PAPER), signed_in("qin")
    upload(client, call, changde, 0, PDF)
    key, draft = str(seen_by(changde, call).questions[0].id), f"/reporting/calls/{call.pk}/draft/"
    client.post(draft, {f"{key}-stays": "on"})
    with at_work(changde):
        assert KeptFile.objects.get().name == "合同.pdf"
    upload(client, call, changde, 0, PDF, "另一份.pdf", **{"{0}-stays": "on"})
    with at_work(changde):
        assert KeptFile.objects.get().name == "另一份.pdf"
    client.post(draft, {})
    with at_work(changde):
        assert not KeptFile.objects.exists()


def test_what_leaves_is_named_by_the_ledger_which_offers_the_very_bytes(
    sent: Any, answered: Any, changde: Any, signed_in: Any, at_work: Any
) -> None:
    call = sent(FIGURE, PAPER)
    answered(call, changde, "3", paper())
    with at_work(changde):
        message = Message.objects.get(name="reporting.answer_signed")
        assert message.content["answers"][1]["answer"] == FACTS
        assert message.told()["answers"][1]["answer"] == "合同.pdf"
        [kept] = message.files()
    client = signed_in("qin")
    page = client.get(f"/ledger/message/{message.pk}/").content.decode()
    assert "合同.pdf" in page and FACTS["sha256"] in page and kept.get_absolute_url() in page
    assert b"".join(client.get(kept.get_absolute_url()).streaming_content) == PDF
    [file] = files_of(call, changde)
    with in_federation():
        assert bytes(type(file).objects.get(pk=file.pk).content) == PDF


def test_the_coordinator_saves_it_and_nobody_else_opens_the_door(
    sent: Any, answered: Any, changde: Any, signed_in: Any
) -> None:
    call = sent(PAPER)
    answered(call, changde, paper())
    [file] = files_of(call, changde)
    door = f"/calls/files/{file.pk}/"
    response = signed_in("lian").get(door)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff" and "sandbox" in response["Content-Security-Policy"]
    assert door in signed_in("lian").get(f"/calls/call/{call.pk}/").content.decode()
    assert signed_in("qiao").get(door).status_code == 403
    assert signed_in("lian").get(f"/calls/files/{uuid.uuid4()}/").status_code == 404
    assert signed_in("dai").get(door).status_code == 404


def test_the_sheet_has_its_name(sent: Any, answered: Any, changde: Any) -> None:
    from federation.calls.naming import named_of
    from federation.calls.sheet import sheet_of

    call = sent(PAPER)
    answered(call, changde, paper())
    with in_federation():
        assert sheet_of(call).standing[0].cells[0].words == "合同.pdf"
        assert named_of(call).values.lists["chambers"][0]["q1"] == "合同.pdf"


def test_withdrawing_removes_file_and_words_from_the_federation_at_once(
    sent: Any, answered: Any, changde: Any, at_work: Any, signed_in: Any
) -> None:
    from huiguan.journal.models import Entry
    from tenants.reporting import actions

    call = sent(FIGURE, PAPER)
    answered(call, changde, "31415", paper())
    [file] = files_of(call, changde)
    with at_work(changde):
        actions.withdraw(call=seen_by(changde, call))
    deliver(changde)
    assert files_of(call, changde) == []
    assert signed_in("lian").get(f"/calls/files/{file.pk}/").status_code == 404
    receipt = receipt_of(call, changde)
    page = signed_in("lian").get(f"/calls/receipt/{receipt.pk}/").content.decode()
    assert "31415" not in page and "合同.pdf" not in page
    with in_federation():
        told = str(list(Entry.objects.values_list("changes", flat=True)))
    assert "31415" not in told and FACTS["sha256"] not in told
    with at_work(changde):
        assert Message.objects.get(name="reporting.answer_signed").files()[0].name == "合同.pdf"


def test_a_new_version_brings_the_same_or_another_file_and_one_is_kept(
    sent: Any, answered: Any, changde: Any, coordinating: Any, at_work: Any
) -> None:
    from tenants.reporting.models import Answer

    call = sent(PAPER)
    answered(call, changde, paper())
    with coordinating():
        receipt_of(call, changde).send_back(reason="请补盖章页")
    with at_work(changde):
        said = next(iter(Answer.objects.get().words.values()))
    answered(call, changde, said)
    with coordinating():
        receipt_of(call, changde).send_back(reason="仍是原件")
    answered(call, changde, paper(PDF + b"\n", "合同（盖章）.pdf"))
    assert [file.name for file in files_of(call, changde)] == ["合同（盖章）.pdf"]
    with at_work(changde):
        left = [m.files()[0].name for m in Message.objects.filter(name="reporting.answer_signed").order_by("id")]
        assert left == ["合同.pdf", "合同.pdf", "合同（盖章）.pdf"]
        assert KeptFile.objects.count() == 2


def test_bytes_that_are_not_those_of_the_ledger_never_arrive(
    sent: Any, changde: Any, at_work: Any, stored: Path
) -> None:
    from tenants.reporting import actions

    call = sent(PAPER)
    with at_work(changde):
        seen = seen_by(changde, call)
        draft = actions.save_draft(call=seen, words={str(seen.questions[0].id): paper()})
        actions.sign(call=seen, digest=actions.digest_of(actions.leaving(seen, draft)))
        lies = stored / str(changde.pk) / KeptFile.objects.get().object_name
    lies.chmod(0o600)
    lies.write_bytes(PDF.replace(b"1.7", b"1.4"))
    deliver(changde)
    assert files_of(call, changde) == [] and receipt_of(call, changde).status == "not_seen"
    lies.write_bytes(PDF)
    with at_work(changde):
        Message.objects.update(next_attempt_at=None)
    deliver(changde)
    assert receipt_of(call, changde).status == "submitted"


def test_a_federation_without_room_refuses_and_the_answer_is_a_draft_again(
    sent: Any, answered: Any, changde: Any, at_work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from federation.calls.models import receipts
    from tenants.reporting.models import Answer

    call = sent(PAPER)
    monkeypatch.setattr(receipts, "MOST_BYTES", len(PDF) - 1)
    answered(call, changde, paper())
    assert files_of(call, changde) == []
    with at_work(changde):
        assert Message.objects.get(name="reporting.answer_signed").state == "refused"
        assert Answer.objects.get().status == "draft"


def test_two_years_after_the_close_the_file_goes_and_the_answer_stays(
    sent: Any, answered: Any, changde: Any, coordinating: Any
) -> None:
    from federation.calls.tasks import let_go_of_files

    call = sent(PAPER)
    answered(call, changde, paper())
    with coordinating():
        type(call).objects.get(pk=call.pk).close()
        assert let_go_of_files() == 0
        type(call).objects.filter(pk=call.pk).update(closed_at=now() - datetime.timedelta(days=731))
        assert let_go_of_files() == 1
        assert "合同.pdf" in receipt_of(call, changde).submissions.get().lines
