"""What benchmarking waits for."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from federation.benchmarking.exchanges import SeenExchange, exchanges_of
from federation.registry.queries import federations_of
from huiguan.actors import Actor
from huiguan.capability import Item, kpi_label
from huiguan.kpis import last_quarter, quarter_name
from tenants.benchmarks import exchanges
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


def exchanges_waiting(actor: Actor) -> Iterator[Item]:
    """Where it is the chamber's turn to say something. What is on its way is not asked again."""
    if actor.chamber_id is None:
        return
    said = exchanges.on_its_way()
    for federation in federations_of(actor.chamber_id):
        for each in exchanges_of(chamber_id=actor.chamber_id, federation_id=federation.id):
            if str(each.id) not in said and (why := _next_step(each)):
                title = _("Practice exchange: {figure}").format(figure=kpi_label(each.code))
                yield Item(title, reverse("benchmarks-exchange", args=[each.id]), why, action_label=_("Look"))


def _next_step(each: SeenExchange) -> str:
    if each.may_answer:
        return _("{chamber} would like to hear how we do this.").format(chamber=each.partner)
    if each.may_report:
        return _("Meet {chamber}, and write down what helps.").format(chamber=each.partner)
    if each.may_take_on:
        return _("Name the target that you agreed with {chamber}.").format(chamber=each.partner)
    return _("Say how much it helped.") if each.may_rate else ""
