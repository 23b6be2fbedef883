"""What is kept how long and why, and what went by each rule."""

from typing import Any

from django.db.models import Max, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from huiguan.access import page
from huiguan.privacy.models import Removal
from huiguan.privacy.retaining import before_day, rules


@page("privacy.view", methods=("GET", "HEAD"))
def retention(request: Any) -> HttpResponse:
    counted = Removal.objects.order_by().values("rule").annotate(number=Sum("number"), last=Max("created_at"))
    told, today = {row["rule"]: row for row in counted}, localdate()
    rows = [{"rule": rule, "before": before_day(rule, today), "told": told.get(rule.name)} for rule in rules()]
    return render(request, "privacy/retention.html", {"rows": rows})
