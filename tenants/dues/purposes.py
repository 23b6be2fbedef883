"""What dues write to members for."""

from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.purposes import declare

REMINDER = declare("dues.reminder", _("Reminder of dues"))
INVOICE = declare("dues.invoice", _("Invoice that a member asked for"), may_be_refused=False)
