"""A day of the secretariat: an applicant becomes a member, is visited, and its card is scanned by a merchant."""

import io

import pytest
from django.utils.timezone import localdate
from PIL import Image

PROGRAMS = ("worker",)
NEW, SHOP = "西安桃花源茶业有限公司", "湘聚楼"
APPLICATION = {"名称": NEW, "统一社会信用代码": "91610100MA6U0TFB75", "联系人": "丁若溪", "手机": "13900000007"}
# What the QR code of the card holds: Chromium here has no camera.
SCANNED = """
from huiguan.tenancy.binding import in_chamber
from huiguan.tenancy.models import Chamber
from tenants.benefits.addresses import Addresses
from tenants.benefits.models import Card
with in_chamber(Chamber.objects.get(slug="changde")):
    print(Addresses.here().of_card(Card.objects.get()))
"""


@pytest.fixture
def picture():
    """A photo as a phone's camera gives it."""
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(drawn, "JPEG")
    return {"name": "门店.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}


def begin_application(at):
    """Somebody takes their time: who sends the form within three seconds is taken for a robot."""
    at.open("/applications/apply/")
    for label, text in APPLICATION.items():
        at.write(label, text)


def apply(at):
    at.press("提交申请").sees("我已阅读并同意")
    at.page.get_by_label("我已阅读并同意").check()
    return at.press("提交申请").sees(NEW)


def agree_with_merchant(at):
    at.open("/benefits/merchant/new/")
    at.write("名称", SHOP)
    at.press("保存").follow("新增优惠")
    at.write("标题", "菜品九折")
    at.write("优惠百分比", "10")
    at.press("保存")


def open_first(at):
    """The first row of a list."""
    with at.leaving():
        at.page.locator("td.is-title a").first.click()
    return at


def welcome(at):
    """Looked at, resolved by the council, welcomed."""
    at.open("/applications/application/").sees(NEW)
    open_first(at).press("提交理事会").follow("登记通过决议")
    at.write("决议", "第二届第七次理事会决议")
    return at.press("登记通过决议").press("办理入会")


def visit(at, picture):
    """Planned for today; the first try of the record is refused, and the photo stays chosen."""
    at.open("/visits/visit/new/")
    at.choose("会员", NEW)
    at.write("日期", f"{localdate()}")
    at.press("保存").sees(NEW).follow("记录走访")
    at.page.locator("input[name=photos]").set_input_files(picture)
    at.write("走访所得", "新茶上市，生意不错。")
    at.write("困难", "冷链仓库年底到期")
    at.write("至", "")
    at.press("保存").sees("门店.jpg")
    at.write("至", "2026-12-31")
    return at.press("保存").sees("走访已记录", "冷链仓库年底到期")


def test_an_applicant_becomes_a_member_is_visited_and_shows_a_valid_card(visitor, house, picture):
    applicant, secretary, counter = (
        visitor("changde", width=390),
        visitor("changde", "qin"),
        visitor("changde", width=390),
    )
    begin_application(applicant)
    agree_with_merchant(secretary)
    apply(applicant)
    welcome(secretary)
    applicant.page.reload()
    applicant.sees("您已成为会员")

    at = visit(visitor("changde", "tan", 390), picture)
    assert at.page.locator("img.hg-picture").count() == 1
    at.open("/followups/followup/").sees("冷链仓库年底到期")

    secretary.open("/benefits/card/new/")
    secretary.choose("会员", NEW)
    secretary.press("保存").sees(NEW)
    counter.open(house.run("shell", "-c", SCANNED)).sees("有效会员卡", NEW)
