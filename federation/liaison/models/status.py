"""The states of a session, apart from the model so that each part of it can name them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """From the idea to the last action item. [federation.md C]"""

    PLANNED = "planned", _("Being planned")
    POLLING = "polling", _("Dates being polled")
    SCHEDULED = "scheduled", _("Date set")
    NOTICE_SENT = "notice_sent", _("Notice sent")
    HELD = "held", _("Held")
    MINUTES_DRAFT = "minutes_draft", _("Minutes being drafted")
    MINUTES_OUT = "minutes_out", _("Minutes out for approval")
    ADOPTED = "adopted", _("Minutes adopted")
    CLOSED = "closed", _("Concluded")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


WITHOUT_DATE = (Status.PLANNED, Status.POLLING, Status.POSTPONED)
BEFORE_NOTICE = (*WITHOUT_DATE, Status.SCHEDULED)
WITH_DATE = (Status.SCHEDULED, Status.NOTICE_SENT)
BEFORE_MEETING = (*BEFORE_NOTICE, Status.NOTICE_SENT)
WITH_DATES_OFFERED = (Status.POLLING, Status.SCHEDULED, Status.NOTICE_SENT)
AT_MEETING = (Status.NOTICE_SENT, Status.HELD)
WITH_MINUTES = (Status.MINUTES_OUT, Status.ADOPTED, Status.CLOSED)
IN_ORDER = (
    Status.PLANNED,
    Status.POLLING,
    Status.SCHEDULED,
    Status.NOTICE_SENT,
    Status.HELD,
    Status.MINUTES_DRAFT,
    Status.MINUTES_OUT,
    Status.ADOPTED,
    Status.CLOSED,
)
