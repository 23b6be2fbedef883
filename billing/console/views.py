"""Where Stripe's events arrive, and the operators' overview."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from billing import events, provider
from billing.console.figures import figures, overdue, stuck, trials_ending
from billing.tasks import process_event
from huiguan.access import PUBLIC, page


@page("billing.view", methods=("GET", "HEAD"))
def overview(request: HttpRequest) -> HttpResponse:
    shown = {"figures": figures(), "overdue": overdue(), "trials": trials_ending(), "stuck": stuck()}
    return render(request, "billing/overview.html", shown)


@csrf_exempt
@page(PUBLIC, methods=("POST",))
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Verified over the raw body, kept, answered; acted upon by the worker. A second delivery changes nothing."""
    try:
        told = provider.verified(request.body, request.headers.get("Stripe-Signature"))
    except provider.Forgery:
        return HttpResponse(status=400)
    if events.receive(told):
        transaction.on_commit(lambda: process_event.delay(told.id), robust=True)
    return HttpResponse(status=200)
