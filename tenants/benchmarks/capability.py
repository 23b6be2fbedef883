"""What the chamber's side of benchmarking tells the house."""

from django.utils.translation import gettext_lazy as _

from huiguan.capability import Capability, Permission, Resource, Source, register
from huiguan.outbox.models import name_subject
from huiguan.roles import ADMINISTRATORS, READERS
from tenants.benchmarks.demo import load_demo
from tenants.benchmarks.models import Sending, Share, Target
from tenants.benchmarks.waiting import exchanges_waiting, to_remeasure, unsent

name_subject("benchmarks.figures_sent", _("Key figures of a quarter"))
name_subject("benchmarks.practice_shared", _("A practice card"))
name_subject("benchmarks.practice_ended", _("A practice card taken back"))
name_subject("benchmarks.exchange_asked", _("A practice exchange asked for"))
name_subject("benchmarks.exchange_ended", _("A practice exchange ended early"))
name_subject("benchmarks.exchange_answered", _("Answer about a practice exchange"))
name_subject("benchmarks.exchange_reported", _("What a practice exchange brought"))
name_subject("benchmarks.exchange_targeted", _("Target agreed in a practice exchange"))
name_subject("benchmarks.exchange_rated", _("Rating of a practice exchange"))
name_subject("benchmarks.figure_withdrawn", _("A key figure taken back"))

register(
    Capability(
        name="benchmarks",
        label=_("Benchmarking"),
        icon="chart-bar",
        order=70,
        home="benchmarks-home",
        resources=[
            Resource(
                Share,
                list_fields=["figure", "federation_name", "given_on", "given_by", "withdrawn_on"],
                search_fields=["code", "federation_name"],
                in_navigation=False,
            ),
            Resource(
                Sending,
                list_fields=["__str__", "federation_name", "created_at", "sent_by"],
                search_fields=["federation_name", "sent_by"],
                in_navigation=False,
            ),
            Resource(
                Target,
                list_fields=["figure", "adopted_on", "before", "first", "second", "status", "after"],
                detail_fields=[
                    "figure",
                    "federation_name",
                    "adopted_on",
                    "adopted_by",
                    "before",
                    "first",
                    "middle_by",
                    "second",
                    "upper_by",
                    "status",
                    "measured_on",
                    "after",
                ],
                search_fields=["code"],
                filter_fields=["status"],
                in_navigation=False,
            ),
        ],
        permissions=[
            Permission("benchmarks.view", _("See the chamber's key figures"), READERS),
            Permission("benchmarks.plan", _("Adopt targets for key figures"), ADMINISTRATORS),
            Permission("benchmarks.share", _("Share key figures with a federation"), ADMINISTRATORS),
        ],
        sources=[
            Source(_("Benchmarking"), to_remeasure, permission="benchmarks.plan"),
            Source(_("Benchmarking"), unsent, permission="benchmarks.share"),
            Source(_("Benchmarking"), exchanges_waiting, permission="benchmarks.share"),
        ],
        demo=load_demo,
    )
)
