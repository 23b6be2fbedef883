"""Keys that sort by the time they were made, so that a chamber's tables need no sequence."""

import uuid

import uuid_utils


def uuid7() -> uuid.UUID:
    """RFC 9562, version 7."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)
