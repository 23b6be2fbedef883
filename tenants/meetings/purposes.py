"""What is written to the chamber's delegates."""

from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.purposes import declare

CALENDAR = declare("meetings.calendar", _("Calendar of liaison meetings"), may_be_refused=False)
