"""Text messages by Alibaba Cloud's Short Message Service (Dysmsapi 2017-05-25, SendSms).

The service knows no idempotency key and asks not to repeat a call that timed out, so after one a person decides.
Our key goes along as OutId and stands in the provider's own records. [help.aliyun.com/document_detail/55284.html]
"""

import json
import secrets
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from huiguan import calling
from huiguan.deliveries.carriers import Down, Later, Letter, Never, Unsure
from huiguan.deliveries.carriers.acs3 import Account, Request, headers_of, query_of

VERSION = "2017-05-25"
# Too many for now, or the service asks to call again. [help.aliyun.com/document_detail/101346.html]
LATER = frozenset({"isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "Throttling", "Throttling.User"})
# Something is wrong with the account, whoever is written to.
ACCOUNT = frozenset(
    {
        "isv.AMOUNT_NOT_ENOUGH", "isv.OUT_OF_SERVICE", "isv.ACCOUNT_ABNORMAL", "isv.ACCOUNT_NOT_EXISTS",
        "isv.PRODUCT_UN_SUBSCRIPT", "isv.PRODUCT_UNSUBSCRIBE", "isv.DENY_IP_RANGE", "isp.RAM_PERMISSION_DENY",
        "isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL", "InvalidAccessKeyId.NotFound",
        "InvalidAccessKeyId.Inactive", "SignatureDoesNotMatch", "Forbidden.RAM", "ServiceUnavailable",
    }
)  # fmt: skip


class Aliyun:
    """`url` is the setting SMS_URL."""

    leaves = True
    may_repeat = False

    def __init__(self, url: str) -> None:
        found = urlsplit(url)
        self.account = Account(unquote(found.username or ""), unquote(found.password or ""))
        self.host = f"{found.hostname}:{found.port}" if found.port else str(found.hostname)
        self.scheme = "http" if found.scheme == "aliyun+http" else "https"

    def carry(self, letter: Letter) -> str:
        answer = self._call("SendSms", _parameters(letter))
        if answer.said.get("Code") == "OK":
            return str(answer.said.get("BizId", ""))
        raise _refusal(answer)

    def _call(self, action: str, query: dict[str, str]) -> calling.Answer:
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        request = Request(self.host, action, VERSION, query, at, secrets.token_hex(16))
        url = f"{self.scheme}://{self.host}/?{query_of(query)}"
        try:
            return calling.post(url, headers=headers_of(request, self.account), only_public=False)
        except calling.NotCalled as error:
            raise Down(_("The provider of text messages cannot be reached.")) from error
        except calling.NoAnswer as error:
            raise Unsure(_("The provider did not answer in time.")) from error


def _refusal(answer: calling.Answer) -> Exception:
    """What to make of an answer that is no yes."""
    code = str(answer.said.get("Code", ""))
    said = f"{answer.said.get('Message', '')} ({code})"
    if code in ACCOUNT:
        return Down(_("The provider does not serve this account now: {answer}").format(answer=said))
    if code in LATER:
        return Later(_("The provider asks to try later: {answer}").format(answer=said))
    if not code or answer.status >= 500:
        return Unsure(_("The provider gave no clear answer ({status}).").format(status=answer.status))
    return Never(_("The provider refuses it: {answer}").format(answer=said))


def _parameters(letter: Letter) -> dict[str, str]:
    return {
        "PhoneNumbers": letter.address,
        "SignName": letter.signature,
        "TemplateCode": letter.template_code,
        "TemplateParam": json.dumps(letter.parameters, ensure_ascii=False, separators=(",", ":")),
        "OutId": str(letter.id),
    }
