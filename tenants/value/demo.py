"""The reports of this year in two chambers: made for everybody, those of the council sent."""

from django.apps import apps

from huiguan.demo.stage import Stage
from tenants.value.making import make_report
from tenants.value.models import Report

FIRST, MOST = 2, 24


def load_demo(stage: Stage) -> None:
    """A few in each of the first chambers, so that a visitor can make the rest."""
    for slug in list(stage.chambers)[:FIRST]:
        with stage.working(slug):
            if Report.objects.exists():
                continue
            holders = apps.get_model("members", "Position").objects.held().order_by("rank", "member__sort_key", "pk")
            members = list(dict.fromkeys(p.member for p in holders.select_related("member")))[:MOST]
            for number, member in enumerate(members):
                report = make_report(member, stage.today.year)
                if number % 3 == 0 and member.contacts.exclude(email="", phone="").exists():
                    report.send()
