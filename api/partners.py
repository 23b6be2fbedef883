"""Who a partner's token stands for."""

from typing import Any

from huiguan.actors import Actor


def actor_of(request: Any) -> Actor | None:
    """The partner behind a bearer token with a live grant on this host; None for anything else."""
    return None
