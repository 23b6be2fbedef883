"""The ways out of the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in


class Channel(models.TextChoices):
    EMAIL = "email", _in("channel", "E-mail")
    SMS = "sms", _("Text message")
    ROBOT = "robot", _("Chat robot")


TO_A_PERSON = [(channel.value, channel.label) for channel in (Channel.EMAIL, Channel.SMS)]
