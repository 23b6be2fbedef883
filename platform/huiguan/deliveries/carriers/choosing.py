"""The carrier of each channel, as this installation is set up."""

from django.conf import settings

from huiguan.deliveries.carriers import Carrier, Letter
from huiguan.deliveries.carriers.aliyun import Aliyun
from huiguan.deliveries.carriers.mail import Mail
from huiguan.deliveries.carriers.robots import Robots
from huiguan.deliveries.models.channels import Channel


class Sink:
    """Where nothing is set up: the message is shown in the log, marked as not sent, and goes nowhere."""

    leaves = False
    may_repeat = True

    def carry(self, letter: Letter) -> str:
        return ""


def carrier_for(channel: str) -> Carrier:
    if channel == Channel.EMAIL:
        return Mail() if settings.EMAIL_LEAVES else Sink()
    if channel == Channel.SMS:
        return Aliyun(settings.SMS_URL) if settings.SMS_URL else Sink()
    return Robots()


def shown_only() -> list[str]:
    """The channels whose messages do not leave this machine."""
    return [str(channel.label) for channel in Channel if not carrier_for(channel).leaves]
