"""How many working days each side has for its step."""

import datetime

from django.utils.timezone import localdate

from huiguan.workdays import add_working_days

TO_ANSWER = 5
TO_REPORT = 10  # what came of the contact, or of a talk
TO_DELIVER = 20  # after an agreement was signed
TO_REVIEW = 3  # what another chamber publishes
TO_CONFIRM = 5  # what was delivered


def answer_by() -> datetime.date:
    return add_working_days(localdate(), TO_ANSWER)


def review_by() -> datetime.date:
    return add_working_days(localdate(), TO_REVIEW)
