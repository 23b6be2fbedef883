"""For the demonstration only: a call that was played today was sent and answered before its day, which has passed."""

import datetime

from django.db.models import DateTimeField, ExpressionWrapper, F

from federation.calls.models import Call, Receipt, Submission


def move(call: Call, due_on: datetime.date) -> datetime.timedelta:
    """Plain updates: the trail keeps the time at which it was written. Returns how far, for the chambers' ledgers."""
    back = call.due_on - due_on
    Call._base_manager.filter(pk=call.pk).update(
        due_on=due_on, sent_at=F("sent_at") - back, created_at=F("created_at") - back
    )
    for model, which, times in (
        (Receipt, {"call": call}, ("created_at", "seen_at", "answered_at")),
        (Submission, {"receipt__call": call}, ("created_at",)),
    ):
        moved = {name: ExpressionWrapper(F(name) - back, output_field=DateTimeField()) for name in times}
        model._base_manager.filter(**which).update(**moved)
    return back
