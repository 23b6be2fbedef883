"""Reads what a chamber tells about a need or an offer, and refuses what the federation will not publish."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from federation.matching import taxonomy
from federation.matching.models import Profile
from federation.matching.models.profiles import DAYS_OPEN, MOST_DAYS_OPEN
from federation.matching.profiles import NATIONWIDE
from huiguan.inbox.handlers import Refused

SAME_NAME = (
    "kind", "category", "title", "text", "region_hard", "quantity", "unit", "starts_on", "ends_on", "slots",
    "lead_time_hours",
)  # fmt: skip
MOST_REGIONS = 20


def fill(profile: Profile, content: Mapping[str, Any]) -> None:
    """Put the content of a message into a profile. Raises Refused with the reasons; then the profile is of no use."""
    blank = Profile()
    for name in SAME_NAME:
        setattr(profile, name, content.get(name, getattr(blank, name)))
    profile.price = content.get("budget" if profile.kind == Profile.Kind.NEED else "price")
    profile.regions = list(content.get("regions") or [NATIONWIDE])[:MOST_REGIONS]
    profile.visible_to = content.get("visible_to")
    profile.is_named = not content.get("anonymous", False)
    profile.beneficiary = str(content.get("for") or "")[:40]
    profile.version = int(content.get("version", 1))
    profile.expires_on = _last_day(content.get("valid_until"))
    _check(profile)


def _check(profile: Profile) -> None:
    try:
        profile.full_clean(validate_unique=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    if profile.category and profile.category not in taxonomy.categories():
        raise Refused(_("There is no category “{code}”.").format(code=profile.category))
    if profile.kind == Profile.Kind.OFFER and not profile.category:
        raise Refused(_("An offer needs a category."))


def _last_day(told: object) -> datetime.date:
    """Half a year when nothing is said, a year at most."""
    today = localdate()
    asked = parse_date(str(told)) if told else None
    return min(asked or today + datetime.timedelta(days=DAYS_OPEN), today + datetime.timedelta(days=MOST_DAYS_OPEN))
