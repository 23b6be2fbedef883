"""What a person sees: the hosted checkout, the portal, an invoice, and the sandbox's own desk."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from billing.sandbox import checkout, portal
from billing.sandbox.cards import CARDS
from billing.sandbox.cycle import advance
from billing.sandbox.errors import ApiError
from billing.sandbox.periods import DAY
from billing.sandbox.store import Body, Store

LANGUAGES = {"zh": "zh-hans", "zh-HK": "zh-hant", "zh-TW": "zh-hant", "en": "en"}
Page = tuple[int, str, str]


def shown(text: str, status: int = 200) -> Page:
    return status, text, ""


def gone_to(address: str) -> Page:
    return 303, "", address


def respond(store: Store, method: str, path: str, encoded: str) -> Page:
    """Status, text, and the address to go to next."""
    form = {name: values[-1] for name, values in parse_qs(encoded).items()}
    kind, _slash, rest = path.strip("/").partition("/")
    answers = {"checkout": _checkout, "portal": _portal, "invoice": _invoice, "_sandbox": _desk}
    if kind not in answers:
        return shown("404", 404)
    try:
        return answers[kind](store, method, rest, form)
    except ApiError as refusal:
        return shown(str(refusal), refusal.status)


def _checkout(store: Store, method: str, ident: str, form: dict[str, str]) -> Page:
    session = store.get("checkout.session", ident)
    if session["status"] != "open":
        return (
            gone_to(_success_address(session))
            if session["status"] == "complete"
            else _page("closed", session, status=410)
        )
    problem = ""
    if method == "POST":
        try:
            return gone_to(_success_address(checkout.complete(store, ident, form.get("number", ""))))
        except ApiError as refusal:
            problem = _in_words(refusal, session)
    plan = checkout.plan_of(store, session)
    price = store.get("price", plan["items"][0]["price"])
    product = store.get("product", price["product"])
    facts = {"price": price, "product": product, "problem": problem, "trial_end": _moment(plan.get("trial_end"))}
    return _page("checkout", session, status=402 if problem else 200, **facts)


def _success_address(session: Body) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _portal(store: Store, method: str, rest: str, form: dict[str, str]) -> Page:
    ident, _slash, action = rest.partition("/")
    problem = ""
    if method == "POST":
        try:
            _act(store, ident, action, form)
            return gone_to(f"/portal/{ident}")
        except ApiError as refusal:
            problem = _in_words(refusal, store.get("billing_portal.session", ident))
    facts = portal.overview(store, ident)
    for subscription in facts["subscriptions"]:
        item = subscription["items"]["data"][0]
        subscription |= {
            "ends": _moment(item["current_period_end"]),
            "name": store.get("product", item["price"]["product"])["name"],
        }
    return _page("portal", facts.pop("session"), problem=problem, **facts)


def _act(store: Store, ident: str, action: str, form: dict[str, str]) -> None:
    if action == "card":
        portal.change_card(store, ident, form.get("number", ""))
    elif action == "pay":
        portal.pay(store, ident, form.get("invoice", ""))
    else:
        portal.set_cancelling(store, ident, form.get("subscription", ""), action == "cancel")


def _invoice(store: Store, method: str, ident: str, form: dict[str, str]) -> Page:
    invoice = store.get("invoice", ident)
    return _page("invoice", {}, invoice=invoice, made=_moment(invoice["created"]))


def _desk(store: Store, method: str, action: str, form: dict[str, str]) -> Page:
    """For whoever tries things out: move time, make a payment fail, watch the deliveries."""
    if method == "POST" and action == "advance":
        advance(store, int(form.get("seconds", "0")) + int(form.get("days", "0")) * DAY)
    if method == "POST" and action == "fail":
        store.set("failing", int(form.get("count", "1")))
    if method == "POST":
        return gone_to("/_sandbox/")
    rows = store.run("select event, endpoint, attempts, done, note from delivery order by seq desc limit 40")
    told = [(store.get("event", row[0]), *row[2:]) for row in rows]
    failing = int(store.setting("failing", "0"))
    return _page(
        "desk", {}, now=_moment(store.now()), told=told, failing=failing, waiting=sum(not row[2] for row in told)
    )


def _in_words(refusal: ApiError, session: Body) -> str:
    code = refusal.body["error"].get("code")
    with translation.override(_language(session)):
        if code == "card_declined":
            return _("The bank declined this card. Nothing was charged. Try another card.")
        if code == "incorrect_number":
            return _("This is not one of the test cards. Choose one of those listed.")
    return str(refusal)


def _page(name: str, session: Body, status: int = 200, **facts: Any) -> Page:
    with translation.override(_language(session)):
        return shown(
            render_to_string(f"billing/sandbox/{name}.html", {"session": session, "cards": list(CARDS), **facts}),
            status,
        )


def _language(session: Body) -> str:
    return LANGUAGES.get(session.get("locale") or "zh", "zh-hans")


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
