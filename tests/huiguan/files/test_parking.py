"""What was chosen in a form that came back is there for the next try: for the same person, purpose and chamber."""

import re
from typing import Any

import pytest
from django import forms
from django.utils.datastructures import MultiValueDict

from huiguan.files import parking, storage
from huiguan.files.forms import UploadField, UploadsField
from huiguan.files.keeping import content_of, keep_files
from tests.huiguan.files.conftest import chosen, picture

pytestmark = pytest.mark.django_db


class AtticForm(forms.Form):
    title = forms.CharField()
    cover = UploadField(purpose="attic.photo")
    photos = UploadsField(purpose="attic.photo", required=False)


def sent(title: str = "", cover: Any = (), photos: Any = ()) -> AtticForm:
    files = {"cover": [chosen(each, f"{n}.png") for n, each in enumerate(cover)]}
    files["photos"] = [chosen(each, f"{n}.png") for n, each in enumerate(photos)]
    form = AtticForm(MultiValueDict({"title": [title]}), MultiValueDict(files))
    form.is_valid()
    return form


def tokens_in(form: AtticForm, name: str) -> list[str]:
    return re.findall(rf'name="{name}-parked" value="([^"]+)"', form.as_p())


def test_the_next_try_needs_no_choosing(member: Any) -> None:
    back = sent(cover=[picture()], photos=[picture(size=(9, 9)), picture(size=(8, 8))])
    cover, photos = tokens_in(back, "cover"), tokens_in(back, "photos")
    assert (len(cover), len(photos)) == (1, 2)
    form = AtticForm(
        MultiValueDict({"title": ["再试"], "cover-parked": cover, "photos-parked": photos[:1]}),
        MultiValueDict({"photos": [chosen(picture(size=(7, 7)), "新.png")]}),
    )
    assert form.is_valid(), form.errors
    assert [each.width for each in form.cleaned_data["photos"]] == [7, 9]
    [kept, *_more] = keep_files(about=member, uploads=[form.cleaned_data["cover"]], purpose="attic.photo")
    assert content_of(kept) == back.cleaned_data["cover"].data


def test_a_third_try_puts_nothing_aside_again(member: Any, changde: Any) -> None:
    cover = tokens_in(sent(cover=[picture()]), "cover")
    objects = storage.names(changde.pk)
    again = AtticForm(MultiValueDict({"title": [""], "cover-parked": cover}), MultiValueDict())
    assert not again.is_valid() and tokens_in(again, "cover") == cover
    assert storage.names(changde.pk) == objects


def test_a_good_file_stays_when_another_is_refused(member: Any) -> None:
    back = sent("题", cover=[picture()], photos=[picture(), b"no picture"])
    assert "photos" in back.errors and len(tokens_in(back, "photos")) == 1


def test_a_form_that_is_good_puts_nothing_aside(member: Any, changde: Any) -> None:
    assert sent("题", cover=[picture()]).is_valid()
    assert storage.names(changde.pk) == []


def test_it_is_of_one_person_one_purpose_and_one_chamber(changde: Any, shaoyang: Any, as_person: Any) -> None:
    with as_person("qin"):
        [token] = tokens_in(sent(cover=[picture()]), "cover")
        assert parking.fetch(token, "attic.photo") and parking.fetch(token, "attic.paper") is None
    with as_person("tan"):
        assert parking.fetch(token, "attic.photo") is None
    with as_person("nie"):
        assert parking.fetch(token, "attic.photo") is None


def test_what_is_gone_or_was_changed_has_to_be_chosen_again(member: Any, changde: Any) -> None:
    [token] = tokens_in(sent(cover=[picture()]), "cover")
    storage.remove(changde.pk, storage.names(changde.pk))
    form = AtticForm(MultiValueDict({"title": ["题"], "cover-parked": [token]}), MultiValueDict())
    assert form.errors["cover"] == ["之前选的文件已不在，请重新选择。"]
    assert parking.fetch(f"{token[:-2]}xx", "attic.photo") is None


def test_a_storage_that_is_full_costs_the_choice_and_not_the_form(member: Any, monkeypatch: Any) -> None:
    def full(*_arguments: Any, **_more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "write", full)
    assert tokens_in(sent(cover=[picture()]), "cover") == []
