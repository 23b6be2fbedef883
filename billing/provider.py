"""The only door to Stripe: one client, short timeouts, and three ways to fail that callers can tell apart.

The SDK is loaded by the first call (10 MB): most processes never make one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    import stripe

API_VERSION = "2026-10-28.endive"
CONNECT_SECONDS, READ_SECONDS = 3, 10
UNSET_KEY = "sk_test_huiguan"  # what the settings have when nobody has chosen a payment service


class ProviderError(Exception):
    """The message is for a person."""


class ProviderDown(ProviderError):
    """Not reached, or not able to answer: nothing is known to have happened, the same may be asked again."""


class ProviderRefused(ProviderError):
    """Understood and refused: asking again will not help. `code` is Stripe's."""

    def __init__(self, message: Any, code: str = "") -> None:
        super().__init__(message)
        self.code = code


class CardDeclined(ProviderRefused):
    """The bank said no."""


class Forgery(Exception):
    """An event that Stripe did not send, or not within five minutes, or that is none."""


@cache
def _client(key: str, address: str) -> "stripe.StripeClient":
    import stripe

    addresses: Any = {"api": address} if address else {}
    transport = stripe.RequestsClient(timeout=(CONNECT_SECONDS, READ_SECONDS))
    return stripe.StripeClient(
        key, base_addresses=addresses, http_client=transport, max_network_retries=1, stripe_version=API_VERSION
    )


def client() -> "stripe.StripeClient":
    return _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE)


def is_configured() -> bool:
    return bool(settings.STRIPE_API_BASE) or settings.STRIPE_SECRET_KEY != UNSET_KEY


@contextmanager
def asking() -> Iterator["stripe.V1Services"]:
    """`with asking() as services: services.customers.create(...)`: whatever goes wrong is one of the errors above."""
    if not is_configured():
        raise ProviderDown(_("Payments are not set up on this machine."))
    import stripe

    try:
        yield client().v1
    except stripe.CardError as error:
        raise CardDeclined(_("The bank declined the card. Try another one."), str(error.code)) from error
    except (stripe.InvalidRequestError, stripe.IdempotencyError, stripe.PermissionError) as error:
        raise ProviderRefused(
            _("The payment service refused this. We have been told and look into it."), str(error.code)
        ) from error
    except stripe.StripeError as error:
        raise ProviderDown(
            _("The payment service does not answer. Nothing was charged or changed; try again in a few minutes.")
        ) from error


def verified(body: bytes, signature: str | None) -> "stripe.Event":
    """The event that was really sent by Stripe within five minutes. Raises Forgery.

    Events of connected accounts come from an endpoint of their own, with another secret.
    """
    import stripe

    secrets = [each for each in (settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_CONNECT_WEBHOOK_SECRET) if each]
    for secret in secrets:  # anybody can sign with an empty one
        try:
            return client().construct_event(body, signature, secret)
        except stripe.SignatureVerificationError:
            continue
        except (ValueError, AttributeError) as error:  # the last: signed, but no object
            raise Forgery from error
    raise Forgery


def of_account(account_id: str, key: str = "") -> Any:
    """The options of a call that is made for a connected account; with `key` it is done once."""
    return {"stripe_account": account_id, **({"idempotency_key": key} if key else {})}
