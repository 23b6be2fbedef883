"""What is sent, by what means, and who wants none of it."""

from huiguan.deliveries.models.channels import Channel
from huiguan.deliveries.models.deliveries import Delivery
from huiguan.deliveries.models.means import ApprovedText, Robot, SendingSettings
from huiguan.deliveries.models.wishes import Notice, OptOut, Preference

__all__ = ["ApprovedText", "Channel", "Delivery", "Notice", "OptOut", "Preference", "Robot", "SendingSettings"]
