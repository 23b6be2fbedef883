"""Addresses as they are sent to, compared and shown: mail, mainland mobiles."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
BEFORE_A_MOBILE = re.compile(r"^(?:\+|00)?86(?=1)")


def mail_address(text: str) -> str:
    """As it is compared: in small letters; empty when it is none."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def mobile_number(text: str) -> str:
    """Eleven digits, without a prefix for China or what people write between; empty for any other number."""
    digits = BEFORE_A_MOBILE.sub("", re.sub(r"[\s\-－—()（）]", "", text))
    return digits if MOBILE.fullmatch(digits) else ""


def masked(address: str) -> str:
    """Enough to recognise one's own: `138****5678`, `q***@example.com`."""
    if "@" in address:
        name, _at, host = address.partition("@")
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}" if len(address) > 7 else "*" * len(address)
