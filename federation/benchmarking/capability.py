"""Benchmarking on the federation's host: releases, and nothing of a single chamber."""

from django.utils.translation import gettext_lazy as _

from federation.benchmarking.demo import load_demo
from federation.benchmarking.models import Release
from huiguan.capability import Capability, Permission, Place, Resource, register
from huiguan.roles import COORDINATORS, FEDERATION_READERS

register(
    Capability(
        name="benchmarking",
        label=_("Benchmarking"),
        icon="chart-bar",
        order=50,
        place=Place.FEDERATION,
        resources=[
            Resource(
                Release,
                list_fields=["__str__", "status", "frozen_at"],
                form_fields=["year", "quarter", "is_for_outside"],
                form="federation.benchmarking.forms.ReleaseForm",
                detail_fields=["status", "frozen_at", "is_for_outside"],
                filter_fields=["year", "status"],
                empty=_("Open a quarter, so that chambers can send their figures; release it when they have."),
            )
        ],
        permissions=[
            Permission("benchmarking.view", _("See benchmark releases"), FEDERATION_READERS),
            Permission("benchmarking.change", _("Open a quarter"), COORDINATORS),
            Permission("benchmarking.freeze", _("Release a quarter"), COORDINATORS),
        ],
        demo=load_demo,
    )
)
