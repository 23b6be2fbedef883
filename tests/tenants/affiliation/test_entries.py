"""The directory entry: drafted by the secretariat, previewed word for word, published by the secretary-general."""

import html
import json
from typing import Any

import pytest

pytestmark = pytest.mark.django_db
WORDS = {
    "introduction": "立足西安，服务乡亲",
    "strengths": "建材,会议场地",
    "contact_name": "",
    "contact_phone": "",
    "website": "",
}


@pytest.fixture
def page(changde: Any) -> str:
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Affiliation

    with in_chamber(changde):
        return f"/affiliation/{Affiliation.objects.current().get().pk}/"


def test_an_officer_drafts_but_does_not_publish(page: str, signed_in: Any, changde: Any) -> None:
    officer = signed_in("tan")
    assert officer.post(f"{page}entry/", WORDS).status_code == 302
    assert "立足西安" in officer.get(f"{page}entry/preview/").content.decode()
    assert officer.post(f"{page}entry/publication/").status_code == 403
    assert signed_in("gu").post(f"{page}entry/", WORDS).status_code == 403
    assert _sent(changde) == []


def test_a_contact_who_did_not_agree_is_not_taken(page: str, signed_in: Any, changde: Any) -> None:
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Entry

    answer = signed_in("qin").post(f"{page}entry/", {**WORDS, "contact_name": "白若水"})
    assert answer.status_code == 200
    with in_chamber(changde):
        assert not Entry.objects.exists()


def test_too_many_strengths_are_refused(page: str, signed_in: Any) -> None:
    many = "、".join(f"强项{n}" for n in range(9))
    answer = signed_in("qin").post(f"{page}entry/", {**WORDS, "strengths": many})
    assert answer.status_code == 200


def test_what_the_preview_shows_is_what_leaves(
    page: str, signed_in: Any, changde: Any, shaoyang: Any, arrive: Any
) -> None:
    browser = signed_in("qin")
    browser.post(f"{page}entry/", WORDS)
    shown = browser.get(f"{page}entry/preview/").content.decode()
    assert browser.post(f"{page}entry/publication/").status_code == 302
    (content,) = _sent(changde)
    assert content["strengths"] == ["建材", "会议场地"]
    assert content == _verbatim(shown)
    arrive()
    for key, address in (("dai", _directory_of(shaoyang)), ("lian", "/directory/")):
        assert "立足西安，服务乡亲" in signed_in(key).get(address).content.decode()


def test_an_edited_draft_leaves_nothing_until_it_is_published_again(
    page: str, signed_in: Any, changde: Any, arrive: Any
) -> None:
    browser = signed_in("qin")
    browser.post(f"{page}entry/", WORDS)
    browser.post(f"{page}entry/publication/")
    arrive()
    browser.post(f"{page}entry/", {**WORDS, "introduction": "新的介绍"})
    arrive()
    assert "新的介绍" not in signed_in("lian").get("/directory/").content.decode()
    browser.post(f"{page}entry/publication/")
    arrive()
    assert "新的介绍" in signed_in("lian").get("/directory/").content.decode()


def test_an_entry_taken_back_is_gone_at_once(page: str, signed_in: Any, arrive: Any) -> None:
    browser = signed_in("qin")
    browser.post(f"{page}entry/", WORDS)
    browser.post(f"{page}entry/publication/")
    arrive()
    browser.post(f"{page}entry/withdrawal/")
    arrive()
    assert "立足西安" not in signed_in("lian").get("/directory/").content.decode()


def test_without_the_item_nothing_can_be_published(page: str, signed_in: Any, changde: Any) -> None:
    browser = signed_in("qin")
    asked = browser.post(f"{page}items/", {"items": ["liaison"], "version": 1})
    browser.post(f"{page}items/", {"items": ["liaison"], "version": 1, "read": asked.context["read"]})
    browser.post(f"{page}entry/", WORDS)
    browser.post(f"{page}entry/publication/")
    assert _sent(changde) == []


def test_the_directory_is_narrowed_by_words(page: str, signed_in: Any, arrive: Any) -> None:
    browser = signed_in("qin")
    browser.post(f"{page}entry/", WORDS)
    browser.post(f"{page}entry/publication/")
    arrive()
    found, not_found = (browser.get(f"{page}directory/?q={q}").content.decode() for q in ("会议场地", "物流"))
    assert "立足西安" in found and "立足西安" not in not_found


def _verbatim(page: str) -> Any:
    """The message as the page shows it."""
    _before, _tag, rest = page.partition('<pre class="hg-verbatim">')
    return json.loads(html.unescape(rest.partition("</pre>")[0]))


def _sent(chamber: Any) -> list[Any]:
    from huiguan.outbox.models import Message
    from huiguan.tenancy.binding import in_chamber

    with in_chamber(chamber):
        return list(Message.objects.filter(name="affiliation.profile_published").values_list("content", flat=True))


def _directory_of(chamber: Any) -> str:
    from huiguan.tenancy.binding import in_chamber
    from tenants.affiliation.models import Affiliation

    with in_chamber(chamber):
        return f"/affiliation/{Affiliation.objects.current().get().pk}/directory/"
