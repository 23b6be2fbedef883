"""What benchmarking waits for."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from huiguan.actors import Actor
from huiguan.capability import Item
from huiguan.kpis import last_quarter, quarter_name
from tenants.benchmarks.models import Sending, Share, Target
from tenants.benchmarks.targets import value_now


def unsent(actor: Actor) -> Iterator[Item]:
    """The last quarter's figures, when the chamber shares any and has not sent them."""
    year, quarter = last_quarter()
    if (
        Share.objects.filter(withdrawn_on=None).exists()
        and not Sending.objects.standing().filter(year=year, quarter=quarter).exists()
    ):
        title = _("Check and send the figures of {quarter}").format(quarter=quarter_name(year, quarter))
        yield Item(title, reverse("benchmarks-send"), action_label=_("Check"))


def to_remeasure(actor: Actor) -> Iterator[Item]:
    """Targets since which two releases were made."""
    for target in Target.objects.filter(status=Target.Status.STANDING):
        if value_now(target) is not None:
            title = _("Measure again what came of the target: {figure}").format(figure=target.figure())
            yield Item(title, reverse("benchmarks-target-detail", args=[target.pk]), action_label=_("Measure again"))
