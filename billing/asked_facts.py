"""What the payment service still asks of a chamber, in a secretary's words; each of its own names belongs to one."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMED: tuple[tuple[str, str | Promise], ...] = (
    ("external_account", _("Bank account for payouts")),
    ("tos_acceptance", _("The terms of the payment service")),
    ("company.verification", _("Copy of the registration certificate")),
    ("company.tax_id", _("Registration number")),
    ("company.name", _("Registered name")),
    ("company.address", _("Registered address")),
    ("company", _("Facts of the organisation")),
    ("business_profile.url", _("Website")),
    ("business_profile", _("What the organisation does")),
    ("business_type", _("Kind of organisation")),
    ("representative.verification", _("Identity paper of the legal representative")),
    ("representative.phone", _("Telephone of the legal representative")),
    ("representative", _("Facts of the legal representative")),
    ("person", _("Facts of a person in charge")),
    ("owners", _("Who owns the organisation")),
    ("directors", _("Who leads the organisation")),
)
OTHER = _("Other facts")


def in_words(names: list[str]) -> list[str]:
    """Each once, in the order asked."""
    return list(dict.fromkeys(str(_word(name)) for name in names))


def _word(name: str) -> str | Promise:
    return next((word for start, word in NAMED if name.startswith(start)), OTHER)
