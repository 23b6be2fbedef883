"""A file is kept for a record, within the plan, under a name that says nothing; it goes with its record."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from huiguan import entitlements
from huiguan.files import storage
from huiguan.files.contents import examined
from huiguan.files.keeping import content_of, keep_file, keep_files
from huiguan.files.models import KeptFile, used_megabytes
from huiguan.files.purposes import purpose
from huiguan.screens.history import history_of
from tests.huiguan.files.conftest import PDF, chosen, picture

Callbacks = Callable[..., Any]


def objects(stored: Path) -> list[Path]:
    return sorted(p for p in stored.rglob("*") if p.is_file())


def test_a_file_lies_under_the_chambers_key_and_a_name_that_says_nothing(
    member: Any, stored: Path, changde: Any
) -> None:
    kept = keep_file(about=member, upload=chosen(PDF, "营业执照.pdf"), purpose="attic.paper")
    [lies] = objects(stored)
    assert lies == stored / str(changde.pk) / kept.object_name
    assert "营业执照" not in str(lies)
    assert lies.stat().st_mode & 0o077 == 0
    assert content_of(kept) == PDF
    assert (kept.name, kept.size, kept.kept_by) == ("营业执照.pdf", len(PDF), "秦若兰")


def test_keeping_leaves_a_trail_with_the_name_and_not_the_object(member: Any) -> None:
    kept = keep_file(about=member, upload=chosen(PDF, "章程.pdf"), purpose="attic.paper")
    [entry] = history_of(kept)
    told = {change["after"] for change in entry["changes"]}
    assert "章程.pdf" in told
    assert kept.object_name not in str(entry)


def test_a_picture_is_kept_with_a_small_one(member: Any, stored: Path) -> None:
    kept = keep_file(about=member, upload=chosen(picture(size=(900, 600))), purpose="attic.photo")
    assert {p.name for p in objects(stored)} == {kept.object_name, kept.small_name}
    assert KeptFile.objects.total_bytes() == sum(p.stat().st_size for p in objects(stored))


def test_a_record_has_its_files_in_the_order_they_came(member: Any) -> None:
    kept = [keep_file(about=member, upload=chosen(PDF, f"{n}.pdf"), purpose="attic.paper") for n in "甲乙"]
    photo = keep_file(about=member, upload=chosen(picture()), purpose="attic.photo")
    keep_file(about=None, upload=chosen(PDF), purpose="attic.paper")
    assert list(KeptFile.objects.about(member)) == [*kept, photo]
    assert list(KeptFile.objects.about(member, "attic.photo")) == [photo]


def test_a_deleted_record_takes_its_files_with_it_once_that_is_certain(
    member: Any, stored: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    keep_file(about=member, upload=chosen(picture()), purpose="attic.photo")
    stays = keep_file(about=None, upload=chosen(PDF), purpose="attic.paper")
    with django_capture_on_commit_callbacks(execute=True):
        member.delete()
        assert len(objects(stored)) == 3
    assert [p.name for p in objects(stored)] == [stays.object_name]
    assert list(KeptFile.objects.all()) == [stays]


def test_many_deleted_at_once_take_their_files_with_them(
    member: Any, stored: Path, django_capture_on_commit_callbacks: Callbacks
) -> None:
    keep_file(about=member, upload=chosen(PDF), purpose="attic.paper")
    with django_capture_on_commit_callbacks(execute=True):
        type(member).objects.all().delete()
    assert objects(stored) == []


def test_a_record_that_is_not_deleted_after_all_keeps_its_files(own_database: str, stored: Path) -> None:
    from huiguan.actors import SYSTEM, acting_as
    from huiguan.tenancy.binding import in_chamber
    from tenants.members.models import Member
    from tests.conftest import chamber

    here = chamber("changde")
    with acting_as(SYSTEM), in_chamber(here):
        member = Member.objects.create(name="鼎盛建材")
        keep_file(about=member, upload=chosen(PDF), purpose="attic.paper")
    with pytest.raises(ZeroDivisionError), acting_as(SYSTEM), in_chamber(here):
        member.delete()
        1 / 0  # noqa: B018
    assert len(objects(stored)) == 1
    with acting_as(SYSTEM), in_chamber(here):
        again = Member.objects.get()
        assert KeptFile.objects.about(again).count() == 1
        again.delete()
    assert objects(stored) == []


class Plan:
    """A plan with room for one megabyte."""

    def answer(self, chamber_id: Any, what: str, amount: int, used: int | None) -> entitlements.Answer:
        assert what == "files.store"
        return entitlements.Answer((used or 0) + amount <= 1, "套餐空间已满", 1, used)


def test_a_full_plan_refuses_in_a_sentence_and_leaves_no_object(
    member: Any, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entitlements, "_answerers", [Plan()])
    fits = PDF[:-6] + bytes(700_000) + PDF[-6:]
    kept = keep_file(about=member, upload=chosen(fits), purpose="attic.paper")
    with pytest.raises(ValidationError, match="空间已满"):
        keep_files(about=member, uploads=[chosen(PDF), chosen(fits)], purpose="attic.paper")
    assert [p.name for p in objects(stored)] == [kept.object_name]
    keep_file(about=member, upload=chosen(PDF), purpose="attic.paper")
    assert used_megabytes() == 1


def test_the_real_plan_counts_what_is_kept(member: Any, changde: Any) -> None:
    from billing.customers import start_trial
    from billing.models import Plan as Bought
    from huiguan.tenancy.binding import in_site

    with in_site():
        start_trial(changde)
        Bought.objects.update(storage_mb=0)
    with pytest.raises(ValidationError, match="MB"):
        keep_file(about=member, upload=chosen(PDF), purpose="attic.paper")


def test_a_storage_that_fails_leaves_no_row(member: Any, stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = storage.write

    def fail_for_small(chamber_id: Any, name: str, content: Any) -> None:
        if name.endswith("-small"):
            raise OSError("disk")
        write(chamber_id, name, content)

    monkeypatch.setattr(storage, "write", fail_for_small)
    with pytest.raises(OSError, match="disk"):
        keep_file(about=member, upload=chosen(picture()), purpose="attic.photo")
    assert objects(stored) == []
    assert not KeptFile.objects.exists()


def test_what_was_examined_for_one_purpose_is_not_kept_for_another(member: Any) -> None:
    content = examined(chosen(PDF), purpose("attic.paper"))
    with pytest.raises(AssertionError):
        keep_file(about=member, upload=content, purpose="attic.photo")


def test_an_object_is_never_written_over(changde: Any, stored: Path) -> None:
    import io

    storage.write(changde.pk, "a1", io.BytesIO(b"first"))
    with pytest.raises(storage.AlreadyThere):
        storage.write(changde.pk, "a1", io.BytesIO(b"second"))
    assert [p.read_bytes() for p in objects(stored)] == [b"first"]


@pytest.mark.parametrize("name", ["../x", "a/b", "..", "a.b", "/etc/passwd"])
def test_no_name_leads_out_of_the_chambers_folder(changde: Any, name: str) -> None:
    with pytest.raises(ValueError, match=name.replace(".", r"\.")), storage.opened(changde.pk, name):
        pass


def test_a_records_files_are_listed_with_their_links(member: Any) -> None:
    from django.template.loader import render_to_string

    paper = keep_file(about=member, upload=chosen(PDF, "<b>章程.pdf"), purpose="attic.paper")
    photo = keep_file(about=member, upload=chosen(picture()), purpose="attic.photo")
    page = render_to_string("files/kept.html", {"files": KeptFile.objects.about(member)})
    assert f'href="/files/{paper.pk}/">b 章程.pdf</a>' in page
    assert f'src="/files/{photo.pk}/small/"' in page
    assert "还没有文件" in render_to_string("files/kept.html", {"files": []})
