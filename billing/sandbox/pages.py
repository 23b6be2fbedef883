"""What a person sees: the hosted checkout, the portal, an invoice, and the sandbox's own desk."""

from typing import Any
from urllib.parse import parse_qs

from billing.sandbox import checkout, hosted, payouts, portal, refunds
from billing.sandbox.accounts import restrict
from billing.sandbox.cycle import advance
from billing.sandbox.errors import ApiError
from billing.sandbox.periods import DAY
from billing.sandbox.showing import Page, gone_to, in_words, moment, page, shown, success_address
from billing.sandbox.store import Body, Store


def respond(store: Store, method: str, path: str, encoded: str) -> Page:
    """Status, text, and the address to go to next."""
    form = {name: values[-1] for name, values in parse_qs(encoded).items()}
    kind, _slash, rest = path.strip("/").partition("/")
    answers = {
        "checkout": _checkout,
        "portal": _portal,
        "invoice": _invoice,
        "onboarding": hosted.onboard,
        "_sandbox": _desk,
    }
    if kind not in answers:
        return shown("404", 404)
    try:
        return answers[kind](store, method, rest, form)
    except ApiError as refusal:
        return shown(str(refusal), refusal.status)


def _checkout(store: Store, method: str, rest: str, form: dict[str, str]) -> Page:
    ident, _slash, wallet = rest.partition("/")
    with store.of_account(store.owner_of(ident)):
        session = store.get("checkout.session", ident)
        if session["status"] == "complete":
            return gone_to(success_address(session))
        if session["status"] != "open":
            return page("closed", session, status=410)
        if session["mode"] == "payment":
            return hosted.pay(store, method, session, wallet, form)
        return _subscribe(store, method, session, form)


def _subscribe(store: Store, method: str, session: Body, form: dict[str, str]) -> Page:
    problem = ""
    if method == "POST":
        try:
            return gone_to(success_address(checkout.complete(store, session["id"], form.get("number", ""))))
        except ApiError as refusal:
            problem = in_words(refusal, session)
    plan = checkout.plan_of(store, session)
    price = store.get("price", plan["items"][0]["price"])
    product = store.get("product", price["product"])
    facts = {"price": price, "product": product, "problem": problem, "trial_end": moment(plan.get("trial_end"))}
    return page("checkout", session, status=402 if problem else 200, **facts)


def _portal(store: Store, method: str, rest: str, form: dict[str, str]) -> Page:
    ident, _slash, action = rest.partition("/")
    problem = ""
    if method == "POST":
        try:
            _act(store, ident, action, form)
            return gone_to(f"/portal/{ident}")
        except ApiError as refusal:
            problem = in_words(refusal, store.get("billing_portal.session", ident))
    facts = portal.overview(store, ident)
    for subscription in facts["subscriptions"]:
        item = subscription["items"]["data"][0]
        subscription |= {
            "ends": moment(item["current_period_end"]),
            "name": store.get("product", item["price"]["product"])["name"],
        }
    return page("portal", facts.pop("session"), problem=problem, **facts)


def _act(store: Store, ident: str, action: str, form: dict[str, str]) -> None:
    if action == "card":
        portal.change_card(store, ident, form.get("number", ""))
    elif action == "pay":
        portal.pay(store, ident, form.get("invoice", ""))
    else:
        portal.set_cancelling(store, ident, form.get("subscription", ""), action == "cancel")


def _invoice(store: Store, method: str, ident: str, form: dict[str, str]) -> Page:
    invoice = store.get("invoice", ident)
    return page("invoice", {}, invoice=invoice, made=moment(invoice["created"]))


def _desk(store: Store, method: str, action: str, form: dict[str, str]) -> Page:
    """For whoever tries things out: move time, make a payment fail, watch the deliveries."""
    if method == "POST":
        _do(store, action, form)
        return gone_to("/_sandbox/")
    rows = store.run("select event, endpoint, attempts, done, note from delivery order by seq desc limit 40")
    told = [(_event(store, row[0]), *row[2:]) for row in rows]
    failing = int(store.setting("failing", "0"))
    waiting = sum(not row[2] for row in told)
    facts: Any = {"now": moment(store.now()), "told": told, "failing": failing, "waiting": waiting}
    charges = [(charge, store.owner_of(charge["id"])) for charge in store.everywhere("charge")[:20]]
    disputes = [one for one in store.everywhere("dispute") if one["status"] == "needs_response"]
    return page("desk", {}, **facts, accounts=store.everywhere("account"), charges=charges, disputes=disputes)


def _do(store: Store, action: str, form: dict[str, str]) -> None:
    """What the desk's buttons do; those for a connected account name one of its objects."""
    about = form.get("id", "")
    if action == "advance":
        advance(store, int(form.get("seconds", "0")) + int(form.get("days", "0")) * DAY)
    elif action == "fail":
        store.set("failing", int(form.get("count", "1")))
    elif action == "restrict":
        restrict(store, about)
    elif action == "payout":
        with store.of_account(about):
            payouts.pay_out(store)
    else:
        with store.of_account(store.owner_of(about)):
            _do_to_a_payment(store, action, about)


def _do_to_a_payment(store: Store, action: str, about: str) -> None:
    if action == "refund":
        with store.transaction():
            refunds.create(store, {"charge": about})
    elif action == "dispute":
        refunds.dispute(store, store.get("charge", about))
    elif action in ("won", "lost"):
        refunds.close(store, store.get("dispute", about), action)


def _event(store: Store, ident: str) -> Body:
    with store.of_account(store.owner_of(ident)):
        return store.get("event", ident)
