"""Ids in addresses."""

import uuid


def is_uuid(value: str) -> bool:
    """Whether a value from outside can be looked up as a key at all."""
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
