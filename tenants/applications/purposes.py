"""What applicants are written to for."""

from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.purposes import declare

PROGRESS = declare("applications.progress", _("Progress of an application"), may_be_refused=False)
