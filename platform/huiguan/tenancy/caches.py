"""Keys of the default cache name the place, so that no chamber finds what another kept (security rule 8)."""

from huiguan.tenancy.binding import current_schema


def key_of_the_place(key: str, key_prefix: str, version: int) -> str:
    """Like Django's own, with the schema before the key."""
    return f"{key_prefix}:{version}:{current_schema()}:{key}"
