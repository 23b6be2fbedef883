"""A list of merchants is read as it is kept, seen before it counts, and entered all or none."""

import datetime
import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from tenants.benefits.roster import rows_of, saving_of

HEADINGS = ["序号", "商户名称", "类别", "地址", "联系电话", "优惠内容", "备注"]
ROWS = [
    [1, "沅水人家酒楼", "餐饮", "小寨东路18号", "029-00001111", "菜品八八折", "酒水除外"],
    [2, "沅水人家酒楼", "餐饮", "小寨东路18号", "029-00001111", "满200减20", ""],
    [3, "安怡口腔门诊部", "", "友谊西路102号", "", "免费洁牙一次", "需预约"],
    [4, "", "", "", "", "九折", ""],
]


def sheet(rows: list[list[Any]] = ROWS, headings: list[str] = HEADINGS) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["特约商户一览表"])
    for row in (headings, *rows):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("菜品八八折", {"saving": "percent", "percent": 12}),
        ("8.8折优惠", {"saving": "percent", "percent": 12}),
        ("全场９５折", {"saving": "percent", "percent": 5}),
        ("九折", {"saving": "percent", "percent": 10}),
        ("满200元减20元", {"saving": "amount", "off": 20, "least": 200}),
        ("立减30元", {"saving": "amount", "off": 30, "least": None}),
        ("免费洁牙一次", {"saving": "gift"}),
        ("100折", {"saving": "gift"}),
    ],
)
def test_what_is_given_is_read_as_it_is_written(text: str, expected: dict[str, Any]) -> None:
    assert saving_of(text) == expected


def test_columns_are_found_by_their_headings_below_a_title() -> None:
    rows = rows_of(sheet(), filename="商户.xlsx")
    assert [row["row"] for row in rows] == [3, 4, 5, 6]
    assert (rows[0]["name"], rows[0]["phone"]) == ("沅水人家酒楼", "029-00001111")
    assert rows_of(sheet(headings=["甲", "乙", "丙", "丁", "戊", "己", "庚"]), filename="x.xlsx") == []


@pytest.mark.django_db
def test_a_list_is_seen_before_it_is_entered_and_a_known_merchant_is_left_out(signed_in: Any, as_person: Any) -> None:
    from tenants.benefits.models import Merchant, Offer

    browser, path = signed_in("tan"), "/benefits/merchants/import/"
    upload = SimpleUploadedFile("商户.xlsx", sheet())
    page = browser.post(path, {"file": upload}).content.decode()
    assert "8.8 折" in page
    with as_person("qin"):
        assert not Merchant.objects.exists()
    token = re.search(r'name="rows" value="([^"]+)"', page)[1]  # type: ignore[index]
    browser.post(path, {"rows": token})
    browser.post(path, {"rows": token})
    with as_person("qin"):
        assert sorted(Merchant.objects.values_list("name", "category")) == [
            ("安怡口腔门诊部", "health"),
            ("沅水人家酒楼", "dining"),
        ]
        assert sorted(Offer.objects.values_list("percent", "amount_fen", "least_fen")[:3], key=str) == [
            (12, None, None),
            (None, 2_000, 20_000),
            (None, None, None),
        ]


@pytest.mark.django_db
def test_an_import_is_undone_while_nobody_used_or_changed_what_came(working: Any) -> None:
    from tenants.benefits.importing import enter
    from tenants.benefits.models import Merchant, Offer

    working("tan")
    rows = rows_of(sheet(), filename="商户.xlsx")
    entered = enter(rows, filename="商户.xlsx")
    assert (entered.merchants, entered.offers) == (2, 3)
    entered.undo()
    assert not Merchant.objects.exists() and not Offer.objects.exists()
    again = enter(rows, filename="商户.xlsx")
    changed = Offer.objects.first()
    Offer.objects.filter(pk=changed.pk).update(changed_at=now() + datetime.timedelta(minutes=1))
    with pytest.raises(ValidationError, match="1 条"):
        again.undo()
    assert Merchant.objects.count() == 2


@pytest.mark.django_db
def test_a_file_that_is_no_list_is_refused_in_words(signed_in: Any) -> None:
    for content in (b"\x00\x01", sheet(headings=["甲", "乙", "丙", "丁", "戊", "己", "庚"])):
        upload = SimpleUploadedFile("x.xlsx", content)
        page = signed_in("tan").post("/benefits/merchants/import/", {"file": upload}).content.decode()
        assert "invalid-feedback" in page


@pytest.mark.django_db
def test_what_was_not_read_here_is_not_entered(signed_in: Any, as_person: Any) -> None:
    from tenants.benefits.models import Merchant

    signed_in("tan").post("/benefits/merchants/import/", {"rows": "forged"})
    with as_person("qin"):
        assert not Merchant.objects.exists()
