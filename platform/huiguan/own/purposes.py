"""What links are sent for."""

from django.utils.translation import gettext_lazy as _

from huiguan.deliveries.purposes import declare

ASKED = declare("own.asked", _("Link that a contact asked for"), may_be_refused=False, is_urgent=True)
INVITED = declare("own.invited", _("Link to a member's own pages"))
