"""What an applicant agrees to, word for word as it is shown and kept. [T12; PIPL 13, 14, 17, 23]"""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from tenants.applications.models import Reception


def text_of_consent(chamber: str) -> str:
    """What is taken, what for, how long it is kept, and what the applicant can ask for."""
    months = Reception.current().months_kept
    parts = [
        _("{chamber} takes what you enter here to decide on your application and to reach you about it."),
        _("It is read by the secretariat and by the body that decides; no one else is given it."),
        _("If you become a member it is kept as long as you are one. Otherwise it is erased {n} months later."),
        _("You may look at it, correct it, withdraw your application and have it erased at any time."),
    ]
    return "\n".join(part.format(chamber=chamber, n=months) for part in parts)


def purposes() -> list[tuple[str, Any]]:
    """What can be agreed to beyond that, each by itself: what a member can agree to."""
    return list(apps.get_model("members", "Consent").Purpose.choices)
