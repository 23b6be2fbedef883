"""What is written to members about their report."""

from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.purposes import declare

REPORT = declare("value.report", _("Report of value"))
