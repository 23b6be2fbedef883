"""What the parts of a session know of the whole: its fields and the rows that belong to it."""

from typing import Any

from huiguan.states import Stateful


class SessionPart(Stateful):
    """One concern of a session, mixed into it. Each part's moves lock the session, so two never run at once."""

    federation_id: Any
    series_id: Any
    number: Any
    starts_at: Any
    host_id: Any
    host_name: Any
    co_host_id: Any
    co_host_name: Any
    place: Any
    reason: Any
    present_count: Any
    series: Any
    agenda: Any
    speeches: Any
    roll: Any
    statements: Any
    decisions: Any
    action_items: Any
    papers: Any
    minutes: Any
    approvals: Any
    proposals: Any
    swaps: Any
    sequence: Any

    class Meta:
        abstract = True
