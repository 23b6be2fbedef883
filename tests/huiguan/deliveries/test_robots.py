"""Robots of group chats: only their providers' hosts, signed as each wants it, and a no is a no whatever its status."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ValidationError

from huiguan import calling
from huiguan.actors import acting_as
from huiguan.audit.models import Entry
from huiguan.deliveries.actions import Recipient
from huiguan.deliveries.models import Channel, Robot
from huiguan.tenancy.binding import in_chamber
from tests.huiguan.deliveries.conftest import SECRETARY, log_of, send, states, write
from tests.huiguan.test_calling import certificate, lead_to
from tests.support.sinks import HttpSink, Received, http_sink

TOKEN = "0123456789abcdef" * 4
KEY = "693a91f6-7abc-4bc4-97a0-0ec2e1f5aaaa"
ADDRESSES = {
    "dingtalk": f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}",
    "wecom": f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
    "feishu": f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}",
}
HOSTS = {"dingtalk": "oapi.dingtalk.com", "wecom": "qyapi.weixin.qq.com", "feishu": "open.feishu.cn"}
YES = {"dingtalk": b'{"errcode": 0}', "wecom": b'{"errcode": 0}', "feishu": b'{"code": 0}'}


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: Any, woken: list[str]) -> Iterator[HttpSink]:
    """The provider of the test's robot, with a certificate of its name."""
    provider = (
        request.node.callspec.params.get("provider", "dingtalk") if hasattr(request.node, "callspec") else "dingtalk"
    )
    server, trust = certificate(tmp_path, HOSTS[provider])
    monkeypatch.setattr(calling, "_trust", lambda: trust)
    with http_sink(server) as sink:
        lead_to(monkeypatch, sink.port)
        sink.reply = lambda request: (200, YES[provider])
        yield sink


def robot(here: Any, provider: str = "dingtalk", **given: Any) -> Robot:
    with acting_as(SECRETARY), in_chamber(here):
        made = Robot(name="会领导群", provider=provider, **{"address": ADDRESSES[provider], **given})
        made.full_clean()
        made.save()
        return made


def tell(here: Any, to: Robot, body: str = "今日工作：走访会员三家。") -> None:
    write(here, "工作日志", channel=Channel.ROBOT, to=Recipient.robot(to), body=body)
    send(here)


def text_in(request: Received) -> str:
    said = json.loads(request.body)
    return str(said["content"]["text"] if "content" in said else said["text"]["content"])


@pytest.mark.parametrize("provider", ["dingtalk", "wecom", "feishu"])
def test_a_robot_is_told_the_subject_and_the_text(changde: Any, outside: HttpSink, provider: str) -> None:
    tell(changde, robot(changde, provider))
    [request] = outside.received
    assert (request.headers["host"], request.path) == (
        HOSTS[provider],
        ADDRESSES[provider].partition(HOSTS[provider])[2],
    )
    assert text_in(request) == "工作日志\n今日工作：走访会员三家。"
    assert states(changde) == {"工作日志": "sent"}


def test_dingtalk_is_given_its_signature(changde: Any, outside: HttpSink) -> None:
    tell(changde, robot(changde, secret="SECabc"))
    said = {k: v[0] for k, v in parse_qs(urlsplit(outside.received[0].path).query).items()}
    text = f"{said['timestamp']}\nSECabc"
    expected = base64.b64encode(hmac.new(b"SECabc", text.encode(), hashlib.sha256).digest()).decode()
    assert (said["sign"], len(said["timestamp"])) == (expected, 13)


@pytest.mark.parametrize("provider", ["feishu"])
def test_feishu_is_given_its_signature(changde: Any, outside: HttpSink, provider: str) -> None:
    tell(changde, robot(changde, "feishu", secret="abc"))
    said = json.loads(outside.received[0].body)
    key = f"{said['timestamp']}\nabc".encode()
    expected = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
    assert (said["sign"], len(said["timestamp"])) == (expected, 10)


@pytest.mark.parametrize(
    ("provider", "status", "body", "becomes"),
    [
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "sign not match"}, "failed"),
        ("dingtalk", 200, {"errcode": 130101, "errmsg": "send too fast"}, "retrying"),
        ("wecom", 200, {"errcode": 93000, "errmsg": "invalid webhook url"}, "failed"),
        ("wecom", 200, {"errcode": 45009, "errmsg": "api freq out of limit"}, "retrying"),
        ("feishu", 200, {"code": 19024, "msg": "Key Words Not Found"}, "failed"),
        ("feishu", 200, {"code": 11232, "msg": "frequency limited"}, "retrying"),
        ("feishu", 400, {"code": 9499, "msg": "Bad Request"}, "failed"),
        ("dingtalk", 200, {}, "failed"),
        ("dingtalk", 502, {}, "retrying"),
        ("wecom", 302, {}, "failed"),
    ],
)
def test_a_no_is_a_no_whatever_its_status(
    changde: Any, outside: HttpSink, provider: str, status: int, body: dict[str, Any], becomes: str
) -> None:
    outside.reply = lambda request: (status, json.dumps(body).encode())
    tell(changde, robot(changde, provider))
    row = log_of(changde)["工作日志"]
    assert row.status == becomes
    assert str(body.get("errmsg") or body.get("msg") or status) in row.last_error


@pytest.mark.parametrize("provider", ["wecom"])
def test_a_text_that_is_too_long_for_the_chat_is_cut_and_marked(changde: Any, outside: HttpSink, provider: str) -> None:
    tell(changde, robot(changde, "wecom"), body="长" * 1000)
    said = text_in(outside.received[0])
    assert (len(said.encode()) <= 2048, said[-1]) == (True, "…")
    assert log_of(changde)["工作日志"].words == said


@pytest.mark.parametrize("provider", list(ADDRESSES))
@pytest.mark.parametrize(
    "spoil",
    [
        lambda url: url.replace("https://", "http://"),
        lambda url: url.replace(".c", ".c.evil.example/", 1),
        lambda url: url.replace("https://", "https://evil.example/"),
        lambda url: url.replace("https://", "https://evil.example@"),
        lambda url: url.replace("https://", "https://user:pass@"),
        lambda url: url.replace(".com/", ".com:8443/").replace(".cn/", ".cn:8443/"),
        lambda url: url + "#@127.0.0.1",
        lambda url: url + "&x=y",
        lambda url: url + "/../../x",
        lambda url: url + "\r\nHost: evil.example",
        lambda url: "http://169.254.169.254/latest/meta-data/",
        lambda url: "http://127.0.0.1:5432/",
    ],
)
def test_another_address_than_the_providers_own_is_refused(changde: Any, provider: str, spoil: Any) -> None:
    with pytest.raises(ValidationError):
        robot(changde, provider, address=spoil(ADDRESSES[provider]))


def test_an_address_that_came_into_the_table_by_another_way_is_not_called(changde: Any, outside: HttpSink) -> None:
    made = robot(changde)
    with acting_as(SECRETARY), in_chamber(changde):
        made.address = f"https://127.0.0.1:{outside.port}/"
        made.save()
    tell(changde, made)
    assert (states(changde), outside.connections) == ({"工作日志": "failed"}, 0)


def test_a_provider_whose_name_leads_into_our_network_is_not_called(
    changde: Any, woken: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with http_sink() as sink:
        monkeypatch.setattr(calling, "_resolved", lambda host, port: ["127.0.0.1"])
        tell(changde, robot(changde))
        assert (states(changde), sink.connections) == ({"工作日志": "failed"}, 0)


def test_a_robot_that_was_removed_is_said_so(changde: Any, woken: list[str]) -> None:
    gone = Robot(pk=uuid.uuid4(), name="旧群")
    tell(changde, gone)
    assert (states(changde), log_of(changde)["工作日志"].last_error) == ({"工作日志": "refused"}, "机器人已被删除。")


def test_neither_the_trail_nor_the_log_tells_the_address(changde: Any, outside: HttpSink) -> None:
    made = robot(changde, secret="SECabc")
    with acting_as(SECRETARY), in_chamber(changde):
        made.address = made.address.replace("0123", "9876")
        made.save()
        told = json.dumps(list(Entry.objects.filter(record_id=made.pk).values_list("changes", flat=True)))
        assert Entry.objects.filter(record_id=made.pk).count() == 2, "that it was changed is told"
    tell(changde, made)
    row = log_of(changde)["工作日志"]
    assert TOKEN[4:] not in f"{told} {row.words} {row.last_error} {row.address}"
    assert "SECabc" not in told


def test_the_secrets_of_a_robot_are_not_shown_and_stay_when_nothing_is_typed(changde: Any, signed_in: Any) -> None:
    made, browser = robot(changde, secret="SECabc"), signed_in("qin")
    for page in ("", f"{made.pk}/", f"{made.pk}/edit/"):
        shown = browser.get(f"/sending/robot/{page}").content.decode()
        assert (TOKEN in shown, "SECabc" in shown) == (False, False)
    said = {"name": "领导群", "provider": "dingtalk", "address": "", "secret": ""}
    assert browser.post(f"/sending/robot/{made.pk}/edit/", said).status_code == 302
    with in_chamber(changde):
        kept = Robot.objects.get()
        assert (kept.name, kept.address, kept.secret) == ("领导群", ADDRESSES["dingtalk"], "SECabc")


def test_a_robot_is_tried_by_a_click_of_an_administrator(changde: Any, outside: HttpSink, signed_in: Any) -> None:
    made = robot(changde)
    assert signed_in("tan").post(f"/sending/robots/{made.pk}/trial/").status_code == 403
    assert signed_in("qin").post(f"/sending/robots/{made.pk}/trial/").status_code == 302
    send(changde)
    assert "西安市常德商会" in text_in(outside.received[0])
