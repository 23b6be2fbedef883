"""The providers of chat robots: where each lives, what it is told, and how it says yes, no, or later."""

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote_plus

from django.db import models
from django.utils.translation import gettext_lazy as _


class Provider(models.TextChoices):
    DINGTALK = "dingtalk", _("DingTalk")
    WECOM = "wecom", _("WeCom")
    FEISHU = "feishu", _("Feishu")


class Call(NamedTuple):
    """What goes to a robot: the whole address, and the body as JSON."""

    url: str
    body: dict[str, Any]


@dataclass(frozen=True)
class RobotProvider:
    """`code` names the field of the answer that is 0 for yes; `later` are the codes of too much or too busy."""

    start: str
    rest: re.Pattern[str]
    code: str
    words: str
    later: frozenset[int]
    most_bytes: int
    call: Callable[[str, str, str], Call]

    def is_address(self, url: str) -> bool:
        """Exactly the provider's host and path, and nothing that a key would not consist of."""
        return url.startswith(self.start) and bool(self.rest.fullmatch(url[len(self.start) :]))


def _dingtalk(url: str, secret: str, text: str) -> Call:
    """Its signature is in the address. [open.dingtalk.com, custom robots, 加签]"""
    if secret:
        moment = str(int(time.time() * 1000))
        sign = _hmac(secret, f"{moment}\n{secret}")
        url += f"&timestamp={moment}&sign={quote_plus(sign)}"
    return Call(url, {"msgtype": "text", "text": {"content": text}})


def _wecom(url: str, _secret: str, text: str) -> Call:
    """It knows no signature. [developer.work.weixin.qq.com, 91770]"""
    return Call(url, {"msgtype": "text", "text": {"content": text}})


def _feishu(url: str, secret: str, text: str) -> Call:
    """Its signature is in the body; moment and secret are the key, and nothing is signed. [open.feishu.cn, 签名校验]"""
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        moment = str(int(time.time()))
        body |= {"timestamp": moment, "sign": _hmac(f"{moment}\n{secret}", "")}
    return Call(url, body)


def _hmac(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


PROVIDERS: Mapping[str, RobotProvider] = {
    Provider.DINGTALK: RobotProvider(
        start="https://oapi.dingtalk.com/robot/send?access_token=",
        rest=re.compile(r"[0-9a-zA-Z]{16,128}"),
        code="errcode",
        words="errmsg",
        later=frozenset({-1, 130101, 410100}),
        most_bytes=18_000,
        call=_dingtalk,
    ),
    Provider.WECOM: RobotProvider(
        start="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
        rest=re.compile(r"[0-9a-zA-Z-]{16,64}"),
        code="errcode",
        words="errmsg",
        later=frozenset({-1, 45009, 45033}),
        most_bytes=2048,
        call=_wecom,
    ),
    Provider.FEISHU: RobotProvider(
        start="https://open.feishu.cn/open-apis/bot/v2/hook/",
        rest=re.compile(r"[0-9a-zA-Z-]{16,64}"),
        code="code",
        words="msg",
        later=frozenset({11232, 99991400}),
        most_bytes=18_000,
        call=_feishu,
    ),
}


def as_bytes(call: Call) -> bytes:
    return json.dumps(call.body, ensure_ascii=False).encode()
