"""The bodies of a chamber, by its charter: who resolves what the secretariat records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """The highest first."""

    GENERAL_ASSEMBLY = "general_assembly", _("General assembly")
    COUNCIL = "council", _("Council")
    STANDING_COUNCIL = "standing_council", _("Standing council")
    PRESIDENTS = "presidents", _("Presidents' office meeting")
