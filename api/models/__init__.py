"""What a chamber lets a partner read or do, every call made under it, and the answers kept for repeated requests."""

from api.models.calls import Call, KeptAnswer
from api.models.grants import Grant

__all__ = ["Call", "Grant", "KeptAnswer"]
