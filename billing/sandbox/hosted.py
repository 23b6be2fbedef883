"""The pages of connected accounts: where an owner gives the account's facts, and where somebody pays into it."""

from billing.sandbox import accounts, payments
from billing.sandbox.accounts import WALLETS
from billing.sandbox.errors import ApiError
from billing.sandbox.showing import Page, gone_to, in_words, page, success_address
from billing.sandbox.store import Body, Store


def pay(store: Store, method: str, session: Body, wallet: str, form: dict[str, str]) -> Page:
    """First the choice of how to pay; a wallet then asks on a page of its own."""
    if wallet in WALLETS:
        return _wallet(store, method, session, wallet, form)
    chosen, problem = form.get("method", session["payment_method_types"][0]), ""
    if method == "POST" and chosen in WALLETS:
        return gone_to(f"/checkout/{session['id']}/{chosen}")
    if method == "POST":
        try:
            return gone_to(success_address(payments.pay(store, session, chosen, number=form.get("number", ""))))
        except ApiError as refusal:
            problem = in_words(refusal, session)
    facts = {"lines": payments.lines_of(store, session), "chosen": chosen, "problem": problem}
    return page("pay", session, 402 if problem else 200, account=_account(store), **facts)


def onboard(store: Store, method: str, token: str, form: dict[str, str]) -> Page:
    known = accounts.link_of(store, token)
    if method == "GET" and accounts.is_stale(store, known):
        return gone_to(known["refresh_url"])
    if method == "POST":
        accounts.fill_in(store, known["account"], form)
        return gone_to(known["return_url"])
    account = store.get("account", known["account"])
    due = account["requirements"]["currently_due"]
    asked = [field for field, name in accounts.FACTS.items() if name in due]
    return page("onboarding", {}, account=account, asked=asked, terms=accounts.TERMS in due, link=known)


def _wallet(store: Store, method: str, session: Body, wallet: str, form: dict[str, str]) -> Page:
    if method != "POST":
        return page("wallet", session, wallet=wallet, account=_account(store))
    try:
        return gone_to(success_address(payments.pay(store, session, wallet, outcome=form.get("outcome", "now"))))
    except ApiError:
        return gone_to(f"/checkout/{session['id']}")


def _account(store: Store) -> Body:
    """Whom the money is for; the platform itself has no row."""
    here = store.account
    with store.of_account(""):
        return store.get("account", here) if here else {}
