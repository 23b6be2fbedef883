"""Connected accounts, which take payments of their own, and the hosted page on which their owner gives the facts."""

import json
import secrets
from typing import Any

from stripe.params import (
    AccountCreateParams,
    AccountDeleteParams,
    AccountLinkCreateParams,
    AccountListParams,
    AccountRetrieveParams,
    AccountUpdateParams,
    PaymentMethodConfigurationListParams,
)

from billing.sandbox.calls import call, listed, listing, retrieving
from billing.sandbox.customers import merged
from billing.sandbox.errors import invalid, missing
from billing.sandbox.events import emit
from billing.sandbox.store import HERE, Body, Store

FIELDS = "business_profile business_type email metadata"
LINK_LIVES_SECONDS = 300
FACTS = {  # asked at the hosted page: what it is called there, and what Stripe calls it
    "name": "company.name", "registration": "company.tax_id", "representative": "representative.first_name",
    "phone": "representative.phone", "bank_account": "external_account",
}  # fmt: skip
TERMS = "tos_acceptance.date"
WALLETS = ("alipay", "wechat_pay")


@call("POST", "/v1/accounts", AccountCreateParams, takes=FIELDS + " capabilities controller country default_currency")
def create(store: Store, given: Body) -> Body:
    """Nothing is enabled before the owner has been at the hosted page."""
    wanted = {name: "inactive" for name, how in given.pop("capabilities", {}).items() if how.get("requested")}
    account = merged(store.make("account", capabilities=wanted), given)
    return _keep(store, account | {"requirements": _requirements(account, [*FACTS.values(), TERMS])})


@call("POST", "/v1/accounts/{id}", AccountUpdateParams, takes=FIELDS)
def update(store: Store, given: Body, ident: str) -> Body:
    return _keep(store, merged(store.get("account", ident), given))


@call("DELETE", "/v1/accounts/{id}", AccountDeleteParams)
def delete(store: Store, given: Body, ident: str) -> Body:
    return store.drop(store.get("account", ident))


@call(
    "POST", "/v1/account_links", AccountLinkCreateParams,
    takes="account collection_options refresh_url return_url type",
)  # fmt: skip
def link(store: Store, given: Body) -> Body:
    store.get("account", given["account"])
    if given["type"] != "account_onboarding":
        raise invalid("You cannot create account_update links for accounts with a dashboard of their own.", "type")
    if not given.get("return_url") or not given.get("refresh_url"):
        raise invalid("Account links need return_url and refresh_url.", "return_url", "parameter_missing")
    token, expires = secrets.token_hex(12), store.now() + LINK_LIVES_SECONDS
    store.set(f"link {token}", json.dumps(given | {"expires_at": expires}))
    made = {"object": "account_link", "created": store.now(), "expires_at": expires}
    return made | {"url": f"{HERE}/onboarding/{token}"}


def link_of(store: Store, token: str) -> Body:
    found = store.setting(f"link {token}")
    if not found:
        raise missing("account_link", token)
    return dict(json.loads(found))


def is_stale(store: Store, known: Body) -> bool:
    return bool(known["expires_at"] < store.now())


def fill_in(store: Store, ident: str, form: dict[str, str]) -> Body:
    """What the owner gave at the page; what is left out stays to be given."""
    with store.transaction():
        account = store.get("account", ident)
        still = set(account["requirements"]["currently_due"])
        given = {name for field, name in FACTS.items() if form.get(field, "").strip()}
        given |= {TERMS} if form.get("terms") else set()
        if form.get("name", "").strip():
            account["business_profile"] = {**(account["business_profile"] or {}), "name": form["name"].strip()}
        due = [name for name in [*FACTS.values(), TERMS] if name in still - given]
        return _keep(store, account | _enabled(account, due))


def restrict(store: Store, ident: str, due: str = "company.verification.document") -> Body:
    """Stripe asks for something more: payments stop until it is given."""
    with store.transaction():
        account = store.get("account", ident)
        return _keep(store, account | _enabled(account, [due]))


@call("GET", "/v1/payment_method_configurations", PaymentMethodConfigurationListParams, takes="limit application")
def configurations(store: Store, given: Body) -> Body:
    """Which ways of paying an account offers; wallets are no capabilities, they are switched on here."""
    here = store.account
    with store.of_account(""):
        enabled = bool(here) and store.get("account", here)["charges_enabled"]
    chosen = {"value": "on", "overridable": True, "preference": "on"}
    ways = {method: {"available": enabled, "display_preference": chosen} for method in ("card", *WALLETS)}
    made = store.make("payment_method_configuration", **ways)
    return listed("/v1/payment_method_configurations", [made])


def takes(account: Body, method: str) -> bool:
    if not account["charges_enabled"]:
        return False
    return method in WALLETS or account["capabilities"].get(f"{method}_payments") == "active"


def _enabled(account: Body, due: list[str]) -> Body:
    """Payments can be taken as soon as only the bank account is missing; paying out waits for that too."""
    charges = not set(due) - {FACTS["bank_account"]}
    state = "active" if charges else "inactive"
    return {
        "details_submitted": TERMS not in due,
        "charges_enabled": charges,
        "payouts_enabled": not due,
        "capabilities": dict.fromkeys(account["capabilities"], state),
        "requirements": _requirements(account, due),
    }


def _requirements(account: Body, due: list[str]) -> Body:
    reason = "requirements.past_due" if due else None
    return {**account["requirements"], "currently_due": due, "past_due": [], "disabled_reason": reason}


def _keep(store: Store, account: Body) -> Body:
    """The account lies with the platform; what happens to it is told as its own."""
    with store.of_account(""):
        known: Any = next((one for one in store.all("account") if one["id"] == account["id"]), None)
        store.keep(account)
    if known != account:
        with store.of_account(account["id"]):
            emit(store, "account.updated", account, known)
    return account


retrieving("account", "/v1/accounts", AccountRetrieveParams)
listing("account", "/v1/accounts", AccountListParams)
