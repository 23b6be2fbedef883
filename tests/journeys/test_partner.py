"""A bank is let in by one chamber, reads over HTTP what it may, and every call stands in that chamber's log."""

import datetime
import json

import httpx
import pytest
from django.utils.timezone import localdate

from tests.journeys.exchange import publish
from tests.journeys.house import WITHIN_SECONDS

PROGRAMS = ("worker",)
BANK = "长安示范银行"
NEED, SPEAKER = "年会主论坛急需主讲嘉宾", "经济学教授年会主旨演讲"

OURS, THEIRS = ("秦若兰", "13900001234"), ("戴星河", "13900005678")


class Partner:
    """A client id and a secret, and the token that they are exchanged for."""

    def __init__(self, house, client_id, client_secret, **_told):
        self.house, self.client_id = house, client_id
        self.http = httpx.Client(base_url=f"http://127.0.0.1:{house.port}", timeout=WITHIN_SECONDS)
        asked, sign = {"grant_type": "client_credentials"}, (client_id, client_secret)
        answer = self.http.post("/api/oauth/token/", data=asked, auth=sign, headers=self.at("localhost"))
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def get(self, path, slug="changde"):
        return self.http.get(f"/api/v1/{path}", headers=self.at(f"{slug}.localhost"))

    def at(self, name):
        return {"Host": f"{name}:{self.house.port}"}


@pytest.fixture(scope="module")
def partner(house):
    """Registered by the operator: the secret is printed this once."""
    return Partner(house, **json.loads(house.run("partner", "register", BANK, "--json")))


def let_in(at, partner, *may):
    """Ticked one by one; what is wrong with the form is said, and nothing typed is lost."""
    at.open("/partners/").sees("还没有授权的合作方").follow("授权合作方")
    at.write("合作方编号", "nobody")
    at.write("用途", "为会员提供授信参考")
    at.write("结束日期", str(localdate() + datetime.timedelta(days=90)))
    for scope in may:
        at.page.get_by_label(scope, exact=True).check()
    at.press("授权").sees("没有合作方使用这个编号")
    at.write("合作方编号", partner.client_id)
    return at.press("授权").sees(f"{BANK}现在可以调用接口了。", "合作方还没有调用过。")


def key_of(at):
    """Of the record whose page it is."""
    return at.page.url.rstrip("/").rsplit("/", 1)[1]


def test_a_partner_reads_what_one_chamber_allowed_and_the_chamber_reads_every_call(visitor, partner):
    changde, shaoyang, phone = visitor("changde", "qin"), visitor("shaoyang", "dai"), visitor("changde", "qin", 390)
    need = key_of(publish(changde, "需求", NEED, "请专家讲经济形势。", price="5000", contact=OURS))
    told = {"category": "宏观经济", "price": "3000", "contact": THEIRS}
    offer = key_of(publish(shaoyang, "供给", SPEAKER, "讲宏观形势。", **told))
    assert partner.get("listings/").status_code == 401
    let_in(changde, partner, "读取：需求和供给", "读取：需求和供给的匹配")
    changde.open(f"/exchange/listing/{need}/").follow("最佳匹配").waits_for(SPEAKER)

    assert NEED in {row["title"] for row in partner.get("listings/").json()["results"]}
    [match] = partner.get(f"matches/?listing={need}").json()["results"]
    assert match["title"] == SPEAKER and match["score"] == sum(part["value"] for part in match["parts"])
    assert THEIRS[1] not in json.dumps(match)
    assert partner.get(f"listings/{offer}/").status_code == 404
    assert partner.get(f"matches/?listing={offer}").status_code == 404
    assert partner.get("members/").status_code == 403
    assert partner.get("listings/", slug="shaoyang").status_code == 401

    phone.open("/partners/").follow(BANK).sees("读取：会员", "已拒绝", "读取：需求和供给的匹配", "未找到", "已答复")
    phone.confirm("撤回").sees(f"{BANK}不能再调用接口了。", "已结束")
    assert partner.get("listings/").status_code == 401
