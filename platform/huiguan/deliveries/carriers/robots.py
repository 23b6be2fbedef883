"""Robots of group chats: DingTalk, WeCom, Feishu. All answer 200 and say no in the body."""

from django.utils.translation import gettext as _

from huiguan import calling
from huiguan.deliveries.carriers import Down, Later, Letter, Never
from huiguan.deliveries.providers import PROVIDERS, RobotProvider, as_bytes

HEADERS = {"Content-Type": "application/json; charset=utf-8"}


class Robots:
    """`letter.address` names the provider, `letter.robot` is the address that somebody of the chamber gave."""

    leaves = True
    may_repeat = True

    def carry(self, letter: Letter) -> str:
        provider = PROVIDERS[letter.address]
        if not provider.is_address(letter.robot):
            raise Never(_("The address of the robot is not one of its provider's."))
        call = provider.call(letter.robot, letter.robot_secret, letter.text)
        try:
            answer = calling.post(call.url, body=as_bytes(call), headers=HEADERS)
        except calling.Forbidden as error:
            raise Never(_("The address of the robot does not lead to the public internet.")) from error
        except (calling.NotCalled, calling.NoAnswer) as error:
            raise Down(_("The provider of the robot cannot be reached.")) from error
        _read(answer, provider)
        return ""


def _read(answer: calling.Answer, provider: RobotProvider) -> None:
    code = answer.said.get(provider.code)
    if answer.status == 200 and code == 0:
        return
    said = f"{answer.said.get(provider.words, answer.status)} ({code})"
    if answer.status == 429 or answer.status >= 500 or code in provider.later:
        raise Later(_("The provider asks to try later: {answer}").format(answer=said))
    raise Never(_("The provider refuses it: {answer}").format(answer=said))
