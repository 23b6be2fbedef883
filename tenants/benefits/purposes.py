"""What is written to members about their cards."""

from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.purposes import declare

CARD = declare("benefits.card", _("Member card"))
