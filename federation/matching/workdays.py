"""Counts working days, Monday to Friday; public holidays are not known here."""

import datetime

from django.utils.timezone import localdate

TO_ANSWER = 5
TO_REPORT = 10  # what came of the contact, or of a talk
TO_DELIVER = 20  # after an agreement was signed
TO_REVIEW = 3  # what another chamber publishes
TO_CONFIRM = 5  # what was delivered


def working_days_after(day: datetime.date, count: int) -> datetime.date:
    while count:
        day += datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def answer_by() -> datetime.date:
    return working_days_after(localdate(), TO_ANSWER)


def review_by() -> datetime.date:
    return working_days_after(localdate(), TO_REVIEW)
