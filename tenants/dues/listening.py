"""What follows when a member says why it is late: somebody listens, and by when. [002 §3 分层沟通]"""

import datetime
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huiguan.actors import current_actor
from huiguan.followups.actions import follow_up

if TYPE_CHECKING:
    from tenants.dues.models import Charge

DAYS = 7


def follow_up_cause(charge: "Charge") -> None:
    """Whoever heard it takes care of it: an easing to propose, or a complaint to listen to. Who forgot is reminded."""
    actor = current_actor()
    titles = {
        charge.Cause.DIFFICULTY: _("Propose instalments or deferral: {member}"),
        charge.Cause.DISSATISFIED: _("Listen to what displeases: {member}"),
    }
    title = titles.get(charge.Cause(charge.cause))
    if title is None or actor.person_id is None:
        return
    due = localdate() + datetime.timedelta(days=DAYS)
    named = title.format(member=charge.member)
    follow_up(about=charge, title=named, owner_id=actor.person_id, due_on=due, why=charge.cause_text)
