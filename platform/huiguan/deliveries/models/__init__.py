"""What is sent, by what means, and who wants none of it."""

from huiguan.deliveries.models.channels import Channel
from huiguan.deliveries.models.deliveries import Delivery
from huiguan.deliveries.models.means import Robot, SendingSettings, SmsTemplate
from huiguan.deliveries.models.wishes import Notice, OptOut, Preference

__all__ = ["Channel", "Delivery", "Notice", "OptOut", "Preference", "Robot", "SendingSettings", "SmsTemplate"]
