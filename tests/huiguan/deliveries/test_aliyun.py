"""Text messages: signed as the provider documents, as approved, and never twice in silence."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured

from huiguan import calling
from huiguan.actors import acting_as
from huiguan.deliveries.carriers.acs3 import Account, Request, canonical, headers_of
from huiguan.deliveries.models import ApprovedText, Channel, SendingSettings
from huiguan.settings import sms_url
from huiguan.tenancy.binding import in_chamber
from tests.huiguan.deliveries.conftest import SECRETARY, log_of, send, states, write
from tests.huiguan.deliveries.test_delivering import PHONE
from tests.support.sinks import HttpSink, Received, closed_port, http_sink

KEY_ID, SECRET = "LTAIexample", "a+secret/with=signs"
TEXT = "尊敬的${name}，您${year}年度会费尚未缴纳，详情见 https://changde.example.org/deliveries/o/${optout}"

# The provider's own example. [help.aliyun.com, V3版本请求体&签名机制, 固定参数示例]
EXAMPLE = Request(
    host="ecs.cn-shanghai.aliyuncs.com",
    action="RunInstances",
    version="2014-05-26",
    query={"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"},
    at="2023-10-26T10:22:32Z",
    nonce="3156853299f313e23d1673dc12e1703d",
)


def signature_of(request: Received) -> str:
    """The provider's side, from what came over the wire alone, written after its documentation step by step."""
    signed = re.search(r"SignedHeaders=([^,]+)", request.headers["authorization"])
    assert signed
    names = signed[1].split(";")
    query = sorted(parse_qsl(urlsplit(request.path).query, keep_blank_values=True))
    lines = [
        "POST",
        urlsplit(request.path).path,
        "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in query),
        "".join(f"{name}:{request.headers[name]}\n" for name in names),
        signed[1],
        hashlib.sha256(request.body).hexdigest(),
    ]
    text = "ACS3-HMAC-SHA256\n" + hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return hmac.new(SECRET.encode(), text.encode(), hashlib.sha256).hexdigest()


class Provider:
    """Answers like the service: it checks the signature, the age and the nonce before anything else."""

    def __init__(self, sink: HttpSink) -> None:
        self.sink, self.nonces = sink, set[str]()
        self.answer: tuple[int, dict[str, str]] = (200, {"Code": "OK", "Message": "OK", "BizId": "9006^0"})
        sink.reply = self.reply

    def reply(self, request: Received) -> tuple[int, bytes]:
        status, said = self._checked(request) or self.answer
        return status, json.dumps(said).encode()

    def _checked(self, request: Received) -> tuple[int, dict[str, str]] | None:
        headers = request.headers
        if not headers["authorization"].endswith(f"Signature={signature_of(request)}"):
            return 400, {"Code": "SignatureDoesNotMatch", "Message": "Specified signature is not matched"}
        at = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs((datetime.now(UTC) - at).total_seconds()) > 900 or headers["x-acs-signature-nonce"] in self.nonces:
            return 400, {"Code": "SignatureNonceUsed", "Message": "nonce"}
        self.nonces.add(headers["x-acs-signature-nonce"])
        return None

    def asked(self) -> list[dict[str, str]]:
        return [dict(parse_qsl(urlsplit(request.path).query)) for request in self.sink.received]


@pytest.fixture
def provider(settings: Any, woken: list[str]) -> Iterator[Provider]:
    with http_sink() as sink:
        settings.SMS_URL = f"aliyun+http://{KEY_ID}:{quote(SECRET, safe='')}@127.0.0.1:{sink.port}"
        yield Provider(sink)


@pytest.fixture
def approved(changde: Any) -> Any:
    with acting_as(SECRETARY), in_chamber(changde):
        ApprovedText.objects.create(purpose="test.reminder", code="SMS_465001", text=TEXT)
        SendingSettings.objects.create(sms_signature="常德商会")
    return changde


def remind(here: Any, **given: Any) -> Any:
    return write(here, **{"channel": Channel.SMS, "to": PHONE, "parameters": {"year": "2026"}, **given})


def test_the_providers_own_example_gives_the_providers_own_signature() -> None:
    headers = headers_of(EXAMPLE, Account("YourAccessKeyId", "YourAccessKeySecret"))
    plain = {name: value for name, value in headers.items() if name != "Authorization"}
    digest = hashlib.sha256(canonical(EXAMPLE, plain).encode()).hexdigest()
    assert digest == "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259"
    assert headers["Authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,"
        "SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_an_approved_text_is_sent_with_its_variables_and_our_number(approved: Any, provider: Provider) -> None:
    written = remind(approved)
    send(approved)
    [asked] = provider.asked()
    assert (asked["PhoneNumbers"], asked["SignName"], asked["TemplateCode"]) == (
        "13800005678",
        "常德商会",
        "SMS_465001",
    )
    assert asked["OutId"] == str(written.pk)
    filled = json.loads(asked["TemplateParam"])
    assert (filled["name"], filled["year"], set(filled)) == (written.recipient, "2026", {"name", "year", "optout"})
    row = log_of(approved)["会费提醒"]
    assert (row.status, row.reference) == ("sent", "9006^0")
    assert row.words.startswith("【常德商会】尊敬的湘味餐饮 周先生，您2026年度会费尚未缴纳")


def test_no_variable_is_longer_than_a_text_message_allows(approved: Any, provider: Provider) -> None:
    remind(approved)
    send(approved)
    assert max(map(len, json.loads(provider.asked()[0]["TemplateParam"]).values())) <= 35


def test_each_request_is_signed_anew(approved: Any, provider: Provider) -> None:
    for _number in range(3):
        remind(approved)
    send(approved)
    assert len(provider.nonces) == 3
    assert set(states(approved).values()) == {"sent"}


def test_a_wrong_secret_is_the_accounts_trouble_and_keeps_the_others_waiting(
    approved: Any, provider: Provider, settings: Any
) -> None:
    settings.SMS_URL = settings.SMS_URL.replace("secret", "forged")
    remind(approved, subject="一")
    remind(approved, subject="二")
    send(approved)
    assert (states(approved), len(provider.sink.received)) == ({"一": "retrying", "二": "waiting"}, 1)
    assert "SignatureDoesNotMatch" in log_of(approved)["一"].last_error


@pytest.mark.parametrize(
    ("status", "code", "becomes"),
    [
        (200, "isv.BUSINESS_LIMIT_CONTROL", "retrying"),
        (200, "isp.SYSTEM_ERROR", "retrying"),
        (400, "Throttling.User", "retrying"),
        (503, "ServiceUnavailable", "retrying"),
        (200, "isv.AMOUNT_NOT_ENOUGH", "retrying"),
        (200, "isv.MOBILE_NUMBER_ILLEGAL", "failed"),
        (200, "isv.SMS_TEMPLATE_ILLEGAL", "failed"),
        (400, "MissingTemplateCode", "failed"),
        (500, "InternalError", "uncertain"),
        (200, "", "uncertain"),
        (502, "", "uncertain"),
    ],
)
def test_what_the_provider_answers_decides_what_becomes_of_it(
    approved: Any, provider: Provider, status: int, code: str, becomes: str
) -> None:
    provider.answer = status, {"Code": code, "Message": "说明"} if code else {}
    remind(approved)
    send(approved)
    row = log_of(approved)["会费提醒"]
    assert row.status == becomes
    assert row.last_error
    assert code in row.last_error or becomes == "uncertain"


def test_a_provider_that_takes_too_long_may_have_sent_it(
    approved: Any, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    over = threading.Event()
    monkeypatch.setattr(calling, "SECONDS", 0.2)
    provider.sink.reply = lambda request: (over.wait(2), (200, b"{}"))[1]
    remind(approved)
    send(approved)
    over.set()
    assert (states(approved), send(approved)) == ({"会费提醒": "uncertain"}, 0)


def test_a_provider_that_is_not_there_has_sent_nothing(approved: Any, provider: Provider, settings: Any) -> None:
    settings.SMS_URL = f"aliyun+http://{KEY_ID}:x@127.0.0.1:{closed_port()}"
    remind(approved)
    send(approved)
    assert states(approved) == {"会费提醒": "retrying"}


def test_without_an_approved_text_nothing_leaves_and_the_row_says_what_to_do(changde: Any, provider: Provider) -> None:
    remind(changde)
    send(changde)
    assert (states(changde), provider.sink.connections) == ({"会费提醒": "refused"}, 0)
    assert "短信模板" in log_of(changde)["会费提醒"].last_error


def test_an_approved_text_that_asks_for_more_than_was_said_is_not_sent_with_gaps(
    approved: Any, provider: Provider
) -> None:
    remind(approved, parameters={})
    send(approved)
    assert (states(approved), provider.sink.connections) == ({"会费提醒": "refused"}, 0)
    assert "year" in log_of(approved)["会费提醒"].last_error


@pytest.mark.parametrize(
    "given", ["aliyun://", "aliyun://host", "http://id:secret@host", "aliyun://id@host", "tencent://id:secret@host"]
)
def test_a_setting_that_cannot_be_right_is_refused_with_its_name(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SMS_URL"):
        sms_url(given)
