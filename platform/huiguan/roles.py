"""The roles of people, and the groups of roles that permissions are given to. [product.md, who uses it]"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """One person has one role per chamber, and one per federation."""

    SECRETARY_GENERAL = "secretary_general", _("Secretary-general")
    OFFICER = "officer", _("Officer")
    TREASURER = "treasurer", _("Treasurer")
    PRESIDENT = "president", _("President")
    COUNCIL_MEMBER = "council_member", _("Council member")
    SUPERVISOR = "supervisor", _("Supervisor")
    COORDINATOR = "coordinator", _("Coordinator")
    DELEGATE = "delegate", _("Delegate")
    OPERATOR = "operator", _("Platform operator")


ADMINISTRATORS = frozenset({Role.SECRETARY_GENERAL})
STAFF = ADMINISTRATORS | {Role.OFFICER}
CASHIERS = ADMINISTRATORS | {Role.TREASURER}
LEADERS = frozenset({Role.PRESIDENT, Role.COUNCIL_MEMBER})
READERS = STAFF | CASHIERS | LEADERS | {Role.SUPERVISOR}
COORDINATORS = frozenset({Role.COORDINATOR})
FEDERATION_READERS = COORDINATORS | {Role.DELEGATE}
OPERATORS = frozenset({Role.OPERATOR})
CHAMBER_ROLES = [r for r in Role if r in READERS]
FEDERATION_ROLES = [r for r in Role if r in FEDERATION_READERS]
