"""The states of an introduction, from the first interest to what both sides confirm. [A.6]"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    SENT = "sent", _("Waiting for an answer")
    MORE_INFO = "more_info", _("More is asked")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Not answered in time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CONTACTS_EXCHANGED = "contacts_exchanged", _("In contact")
    NEGOTIATING = "negotiating", _("Negotiating")
    AGREED = "agreed", _("Agreement reached")
    NO_DEAL = "no_deal", _("No agreement")
    DELIVERED = "delivered", _("Carried out")
    CONFIRMED = "confirmed", _("Confirmed by both")
    DISPUTED = "disputed", _("In dispute")


WITHOUT_CONTACT = (Status.SENT, Status.MORE_INFO, Status.ACCEPTED)
TALKING = (Status.CONTACTS_EXCHANGED, Status.NEGOTIATING)
WITH_AGREEMENT = (Status.AGREED, Status.DELIVERED, Status.CONFIRMED, Status.DISPUTED)
AFTER_CONTACT = (*TALKING, *WITH_AGREEMENT, Status.NO_DEAL)
HOLDING = (Status.ACCEPTED, *TALKING, *WITH_AGREEMENT)  # each takes one of the times that an offer can be given
UNFINISHED = (*TALKING, Status.AGREED, Status.DELIVERED, Status.DISPUTED)
